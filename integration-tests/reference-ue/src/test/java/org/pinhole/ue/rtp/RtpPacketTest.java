package org.pinhole.ue.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    @Test
    void whatIsWrittenReadsTheSame() {
        byte[] octets = new RtpPacket(96, true, 65_535, 0xFFFF_FFFFL, 0x8000_0001L, new byte[] {1, 2, 3}).write();

        RtpPacket read = RtpPacket.find(octets);

        assertThat(octets).startsWith(0x80, 0xE0, 0xFF, 0xFF).hasSize(15);
        assertThat(read).isNotNull();
        assertThat(read.sequence()).isEqualTo(65_535);
        assertThat(read.ssrc()).isEqualTo(0x8000_0001L);
        assertThat(read.payload()).containsExactly(1, 2, 3);
    }

    @Test
    void contributingSourcesExtensionAndPaddingAreNoPayload() {
        ByteBuffer octets = ByteBuffer.allocate(12 + 4 + 8 + 2 + 2);
        octets.put(0, (byte) 0xB1).putShort(18, (short) 1);
        octets.put(24, (byte) 7).put(25, (byte) 8).put(27, (byte) 2);

        RtpPacket read = RtpPacket.find(octets.array());

        assertThat(read).isNotNull();
        assertThat(read.payload()).containsExactly(7, 8);
    }

    @Test
    void whatIsNoRtpIsNone() {
        assertThat(RtpPacket.find(new byte[11])).isNull();
        assertThat(RtpPacket.find(new byte[12])).as("version 0").isNull();
        byte[] onlyAnnounced = new byte[12];
        onlyAnnounced[0] = (byte) 0x9F;
        assertThat(RtpPacket.find(onlyAnnounced)).isNull();
    }

    @Test
    void aToneIsItsSineInMuLaw() {
        byte[] payload = new ToneSource(1000).payload(0);

        // 8 samples a turn: zero, up to the top, zero, down to the bottom.
        assertThat(payload).hasSize(160);
        assertThat(payload[0] & 0xFF).isEqualTo(0xFF);
        assertThat(payload[2] & 0xFF).isEqualTo((payload[6] & 0xFF) | 0x80).isNotEqualTo(payload[6] & 0xFF);
        assertThat(ToneSource.muLaw(32_635) & 0xFF).as("G.711's loudest").isEqualTo(0x80);
        assertThat(ToneSource.muLaw(-32_635) & 0xFF).isEqualTo(0x00);
    }

    @Test
    void aPictureIsOneWholePacket() {
        assertThat(new PictureSource().payload(3)).hasSize(2 + 16 * (6 + 32)).startsWith(0, 0, 0, 32, 0, 0, 0x80, 0);
    }
}
