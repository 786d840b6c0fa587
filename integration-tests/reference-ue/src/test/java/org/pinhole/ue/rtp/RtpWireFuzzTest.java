package org.pinhole.ue.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a datagram holds, it is a packet, a report or neither, and nothing is thrown. */
class RtpWireFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void whatIsReadIsWrittenAndReadTheSame(byte[] input) {
        RtpPacket packet = RtpPacket.find(input);
        if (packet != null) {
            byte[] written = packet.write();
            RtpPacket again = RtpPacket.find(written);
            assertThat(again).isNotNull();
            assertThat(again.write()).isEqualTo(written);
        }
        RtcpReport report = RtcpReport.find(input);
        if (report != null) {
            assertThat(RtcpReport.find(report.write())).isEqualTo(report);
        }
    }
}
