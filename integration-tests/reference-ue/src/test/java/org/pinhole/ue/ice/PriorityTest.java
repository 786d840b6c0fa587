package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PriorityTest {
    @Test
    @Tag("U-16")
    void udpComesBeforeTcpAndRelaysComeLast() {
        Map<String, Long> priorities = new HashMap<>();
        for (CandidateType type : CandidateType.values()) {
            for (IceTransport transport : List.of(IceTransport.UDP, IceTransport.TCP_ACTIVE)) {
                priorities.put(type.word() + " " + transport.protocol(), Priority.of(type, transport, 8191));
            }
        }
        List<String> order = new ArrayList<>(priorities.keySet());
        order.sort(Comparator.comparing(priorities::get).reversed());

        assertThat(order)
                .containsExactly(
                        "host udp",
                        "prflx udp",
                        "srflx udp",
                        "host tcp",
                        "prflx tcp",
                        "srflx tcp",
                        "relay udp",
                        "relay tcp");
    }

    @Test
    void aHostCandidateOverUdpHasTheRfcsOwnNumber() {
        assertThat(Priority.of(CandidateType.HOST, IceTransport.UDP, 8191))
                .isEqualTo((126L << 24) + (65535L << 8) + 255);
    }

    @Test
    void aPairsPriorityIsTheFormulas() {
        assertThat(Priority.ofPair(5, 3)).isEqualTo((3L << 32) + 10 + 1);
        assertThat(Priority.ofPair(3, 5)).isEqualTo((3L << 32) + 10);
    }
}
