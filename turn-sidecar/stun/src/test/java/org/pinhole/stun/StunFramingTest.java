package org.pinhole.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.stun.StunFraming.UNDECIDED;
import static org.pinhole.stun.StunMessageTest.assertRefused;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StunFramingTest {

    @Test
    @Tag("T-5")
    void channelDataOnAStreamIsPaddedToFour() {
        assertThat(StunFraming.frameLength(Wire.bytes("40000005 0102030405 000000")))
                .isEqualTo(12);
        assertThat(StunFraming.frameLength(Wire.bytes("4fff0000"))).isEqualTo(4);
        assertThat(ChannelData.padding(5)).isEqualTo(3);
        assertThat(ChannelData.padding(8)).isZero();
    }

    @Test
    @Tag("T-5")
    void theFirstByteTellsStunFromChannelData() {
        ByteBuf binding = Wire.binding(new Software("x"));

        assertThat(StunFraming.frameLength(binding)).isEqualTo(binding.readableBytes());
        assertThat(ChannelData.startsWith(0x40)).isTrue();
        assertThat(ChannelData.startsWith(0x4F)).isTrue();
        assertThat(ChannelData.startsWith(0x7F)).isTrue();
        assertThat(ChannelData.startsWith(0x80)).isFalse();
        assertThat(ChannelData.startsWith(0x00)).isFalse();
    }

    @Test
    @Tag("T-5")
    void aReservedChannelIsFramedSoThatTheStreamGoesOnBehindIt() {
        assertThat(StunFraming.frameLength(Wire.bytes("59f90001 01000000 4000")))
                .isEqualTo(8);
    }

    @Test
    void tooFewBytesAreUndecidedAndConsumeNothing() {
        ByteBuf binding = Wire.binding(new Software("x"));

        for (int bytes = 0; bytes < 8; bytes++) {
            assertThat(StunFraming.frameLength(binding.slice(0, bytes))).isEqualTo(UNDECIDED);
        }
        assertThat(StunFraming.frameLength(Unpooled.buffer().writeByte(0x40))).isEqualTo(UNDECIDED);
        assertThat(binding.readerIndex()).isZero();
    }

    @Test
    void whatStartsNeitherKindOfFrameIsRefused() {
        assertRefused(() -> StunFraming.frameLength(Wire.bytes("80")), 400, "0x80");
        assertRefused(() -> StunFraming.frameLength(Wire.bytes("16030100a5010000")), 400, "magic cookie");
        assertRefused(() -> StunFraming.frameLength(Wire.bytes("000100022112a442")), 400, "odd length");
    }

    @Test
    @Tag("T-15")
    void channelDataLongerThanItsDatagramIsRefusedAndAnEmptyOneIsEmpty() {
        assertRefused(() -> ChannelData.data(Wire.bytes("40000002 01")), 400, "shorter");
        assertRefused(() -> ChannelData.data(Wire.bytes("400000")), 400, "header");
        assertThat(ChannelData.data(Wire.bytes("40000000")).isReadable()).isFalse();
        assertThat(ChannelData.data(Wire.bytes("40000001 0102")).readableBytes())
                .isEqualTo(1);
    }
}
