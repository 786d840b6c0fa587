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
    private final Map<String, List<String>> zone = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Discovery discovery = new Discovery(
            (name, type) -> {
                asked.add(name + " " + type);
                return zone.getOrDefault(name + " " + type, List.of());
            },
            new Random(1));

    private List<String> edges() throws IOException {
        return discovery.edges("example.com").stream().map(HostPort::authority).toList();
    }

    @Test
    void theNaptrForTlsOfTheLowestOrderLeadsToTheServices() throws IOException {
        zone.put(
                "example.com NAPTR",
                List.of(
                        "10 50 s SIP+D2U \"\" _sip._udp.example.com.",
                        "30 1 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.late.example.com.",
                        "20 9 s sips+d2t \"\" _sips._tcp.web.example.com.",
                        "20 1 \"u\" \"SIPS+D2T\" \"!^.*$!x!\" ."));
        zone.put("_sips._tcp.web.example.com SRV", List.of("1 0 443 edge.example.com."));

        assertThat(edges()).containsExactly("edge.example.com:443");
    }

    @Test
    void withoutNaptrTheServiceNameIsMadeOfTheDomain() throws IOException {
        zone.put("_sips._tcp.example.com SRV", List.of("2 0 5061 second.example.com.", "1 0 443 first.example.com."));

        assertThat(edges()).containsExactly("first.example.com:443", "second.example.com:5061");
        assertThat(asked).containsExactly("example.com NAPTR", "_sips._tcp.example.com SRV");
    }

    @Test
    void targetsOfOnePriorityAreDrawnByWeight() throws IOException {
        zone.put("_sips._tcp.example.com SRV", List.of("1 1 443 seldom.example.com.", "1 9 443 often.example.com."));
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
    void aDomainThatOffersNoServiceHasNoEdge() throws IOException {
        zone.put("_sips._tcp.example.com SRV", List.of("0 0 0 .", "0 0 443 .", "nonsense", "1 1 99999 x."));

        assertThat(edges()).isEmpty();
        assertThatThrownBy(() -> discovery.requireEdges("example.com"))
                .hasMessageContaining("names no edge of example.com")
                .hasMessageEndingWith("name one with --server");
    }
}
