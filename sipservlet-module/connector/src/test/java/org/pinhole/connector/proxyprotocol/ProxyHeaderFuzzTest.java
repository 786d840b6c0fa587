package org.pinhole.connector.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** The parser is total, asks for no more than its limit, and does not care how the header is cut. */
class ProxyHeaderFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void theOutcomeIsTheSameOctetForOctet(byte[] input) {
        String whole = outcome(Unpooled.wrappedBuffer(input));
        ByteBuf dripping = Unpooled.buffer();
        String dripped = outcome(dripping);
        for (int i = 0; i < input.length && dripped.equals("more"); i++) {
            dripping.writeByte(input[i]);
            dripped = outcome(dripping);
        }

        assertThat(dripped).isEqualTo(whole);
        assertThat(whole.equals("more") && input.length >= VersionTwo.MAX_BYTES).isFalse();
    }

    private static String outcome(ByteBuf in) {
        try {
            @Nullable ProxyHeader header = ProxyHeader.parse(in);
            return header == null ? "more" : header.source() + " in " + in.readerIndex() + " octets";
        } catch (ProxyFormatException refused) {
            return "refused";
        }
    }
}
