package org.pinhole.ue.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.tunnel.HostPort;

@Tag("U-11")
class DiscoveryTest {
    private static final String SERVICE = "_sips._tcp.example.com";

    private final Map<String, List<NaptrRecord>> naptrs = new HashMap<>();
    private final Map<String, List<SrvRecord>> srvs = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Discovery discovery = new Discovery(new Zone(), new Random(1));

    private final class Zone implements DnsRecords {
        @Override
        public List<NaptrRecord> naptr(String name) {
            asked.add(name + " NAPTR");
            return naptrs.getOrDefault(name, List.of());
        }

        @Override
        public List<SrvRecord> srv(String name) {
            asked.add(name + " SRV");
            return srvs.getOrDefault(name, List.of());
        }
    }

    private List<String> edges() throws IOException {
        return discovery.edges("example.com").stream().map(HostPort::authority).toList();
    }

    @Test
    void theNaptrForTlsOfTheLowestOrderLeadsToTheServices() throws IOException {
        naptrs.put(
                "example.com",
                List.of(
                        new NaptrRecord(10, 50, "s", "SIP+D2U", "_sip._udp.example.com"),
                        new NaptrRecord(30, 1, "s", "SIPS+D2T", "_sips._tcp.late.example.com"),
                        new NaptrRecord(20, 9, "S", "sips+d2t", "_sips._tcp.web.example.com"),
                        new NaptrRecord(20, 1, "u", "SIPS+D2T", ".")));
        srvs.put("_sips._tcp.web.example.com", List.of(new SrvRecord(1, 0, 443, "edge.example.com")));

        assertThat(edges()).containsExactly("edge.example.com:443");
    }

    @Test
    void withoutNaptrTheServiceNameIsMadeOfTheDomain() throws IOException {
        srvs.put(
                SERVICE,
                List.of(
                        new SrvRecord(2, 0, 5061, "second.example.com"),
                        new SrvRecord(1, 0, 443, "first.example.com")));

        assertThat(edges()).containsExactly("first.example.com:443", "second.example.com:5061");
        assertThat(asked).containsExactly("example.com NAPTR", SERVICE + " SRV");
    }

    @Test
    void targetsOfOnePriorityAreDrawnByWeight() throws IOException {
        srvs.put(
                SERVICE,
                List.of(new SrvRecord(1, 1, 443, "seldom.example.com"), new SrvRecord(1, 9, 443, "often.example.com")));
        int often = 0;

        for (int i = 0; i < 1000; i++) {
            List<String> drawn = edges();
            assertThat(drawn).containsExactlyInAnyOrder("seldom.example.com:443", "often.example.com:443");
            often += drawn.get(0).startsWith("often") ? 1 : 0;
        }

        // A draw from 0 to 10 with both ends in it (RFC 2782): 9 of 11 for the heavier one.
        assertThat(often).isBetween(770, 860);
    }

    @Test
    void aDomainThatOffersNoServiceHasNoEdgeAndTheUserIsToldWhatToDo() throws IOException {
        assertThat(edges()).isEmpty();
        assertThatThrownBy(() -> discovery.requireEdges("example.com"))
                .hasMessageContaining("names no edge of example.com")
                .hasMessageEndingWith("name one with --server");
    }
}
