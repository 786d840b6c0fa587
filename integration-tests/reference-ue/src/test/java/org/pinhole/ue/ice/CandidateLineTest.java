package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateLineTest {
    private static Candidate read(String line) {
        Candidate candidate = CandidateLine.find(line);
        assertThat(candidate).as(line).isNotNull();
        return candidate;
    }

    @Test
    void aServerReflexiveCandidateIsWrittenAndReadAgain() {
        Candidate ours = new Candidate(
                "2",
                IceTransport.UDP,
                1694498815,
                new InetSocketAddress("192.0.2.3", 45664),
                CandidateType.SERVER_REFLEXIVE,
                new InetSocketAddress("203.0.113.141", 8998));

        String line = CandidateLine.write(ours);

        assertThat(line).isEqualTo("2 1 udp 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998");
        assertThat(read(line).sameAddress(ours)).isTrue();
    }

    @Test
    @Tag("U-15")
    void theTcpTypeIsWrittenAndReadAgain() {
        for (String type : List.of("active", "passive", "so")) {
            String line = "1 1 tcp 2111832063 2001:db8:0:0:0:0:0:1 9 typ host tcptype " + type;

            assertThat(CandidateLine.write(read(line))).isEqualTo(line);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 1 udp 1 192.0.2.1 5000",
                "1 2 udp 1 192.0.2.1 5000 typ host",
                "1 1 udp 0 192.0.2.1 5000 typ host",
                "1 1 udp 4294967296 192.0.2.1 5000 typ host",
                "1 1 udp 1 192.0.2.1 70000 typ host",
                "1 1 udp 1 1.2.3.999 5000 typ host",
                "1 1 udp 1 4f3a.local 5000 typ host",
                "1 1 tcp 1 192.0.2.1 5000 typ host",
                "1 1 udp 1 192.0.2.1 5000 typ host tcptype active",
                "1 1 sctp 1 192.0.2.1 5000 typ host",
                "1 1 udp 1 192.0.2.1 5000 typ tunnelled"
            })
    void whatThisAgentHasNoUseForIsPassedOver(String line) {
        assertThat(CandidateLine.find(line)).isNull();
    }
}
