package org.pinhole.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever bytes come in, only {@link StunException} comes out, and what was read once is read the same again. The seeds
 * in the resources are replayed in every build; with JAZZER_FUZZ=1 they are where the search starts.
 */
class StunMessageFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void decodeThrowsOnlyStunExceptionAndEncodeOfDecodeIsStable(byte[] bytes) {
        StunMessage message;
        try {
            message = StunMessage.decode(Unpooled.wrappedBuffer(bytes));
        } catch (StunException e) {
            return;
        }

        ByteBuf first = encode(message);
        ByteBuf second = encode(StunMessage.decode(first));

        assertThat(ByteBufUtil.hexDump(second)).isEqualTo(ByteBufUtil.hexDump(first));
        readable(message).forEach(StunMessageFuzzTest::assertReadBack);
    }

    @FuzzTest(maxDuration = "1m")
    void framingNeverAsksForMoreThanTheLargestFrame(byte[] bytes) {
        try {
            int length = StunFraming.frameLength(Unpooled.wrappedBuffer(bytes));

            assertThat(length).isBetween(StunFraming.UNDECIDED, StunFraming.MAX_FRAME_BYTES);
        } catch (StunException e) {
            assertThat(e.code()).isEqualTo(400);
        }
    }

    private static ByteBuf encode(StunMessage message) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, message.type(), message.transactionId());
        message.attributes().forEach(encoder::add);
        return out;
    }

    private static List<Attribute> readable(StunMessage message) {
        List<Attribute> read = new ArrayList<>();
        for (AttributeType<?> type : AttributeTypes.ALL) {
            try {
                read.addAll(message.all(type));
            } catch (StunException e) {
                assertThat(e.code()).isIn(400, 440);
            }
        }
        return read;
    }

    private static void assertReadBack(Attribute attribute) {
        AttributeType<?> type = AttributeTypes.ALL.stream()
                .filter(t -> t.code() == attribute.type())
                .findFirst()
                .orElseThrow();

        assertThat((Object) StunMessage.decode(Wire.binding(attribute)).require(type))
                .isEqualTo(attribute);
    }
}
