package org.pinhole.ue.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.DnsDouble;
import org.pinhole.ue.tunnel.HostPort;

@Tag("U-11")
class DnsjavaRecordsTest {
    private static Map<String, List<byte[]>> zone() throws IOException {
        return Map.of(
                "example.com. " + DnsDouble.NAPTR,
                List.of(DnsDouble.naptr("_sips._tcp.web.example.com")),
                "_sips._tcp.web.example.com. " + DnsDouble.SRV,
                List.of(DnsDouble.srv(443, "edge.example.com")));
    }

    @Test
    void aDomainsEdgesAreFoundOnTheWire() throws IOException {
        try (DnsDouble server = DnsDouble.answering(zone())) {
            Discovery discovery = new Discovery(DnsjavaRecords.at(server.address()), new Random(1));

            assertThat(discovery.edges("example.com")).containsExactly(new HostPort("edge.example.com", 443));
            assertThat(discovery.edges("elsewhere.test")).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsTooLongForADatagramIsFetchedOverTcp() throws IOException {
        try (DnsDouble server = DnsDouble.truncating(zone())) {
            Discovery discovery = new Discovery(DnsjavaRecords.at(server.address()), new Random(1));

            assertThat(discovery.edges("example.com")).containsExactly(new HostPort("edge.example.com", 443));
        }
    }

    @Test
    void theRootAsTargetSaysThatThereIsNoService() throws IOException {
        String service = "_sips._tcp.example.com";
        try (DnsDouble server = DnsDouble.answering(
                Map.of(service + ". " + DnsDouble.SRV, List.of(DnsDouble.srv(0, ""), DnsDouble.srv(443, ""))))) {
            assertThat(DnsjavaRecords.at(server.address()).srv(service)).isEmpty();
        }
    }

    @Test
    void whereNobodyAnswersProperlyTheLookUpIsNamed() throws IOException {
        try (DnsDouble server = DnsDouble.failing()) {
            DnsRecords dns = DnsjavaRecords.at(server.address());

            assertThatThrownBy(() -> dns.srv("_sips._tcp.example.com"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("DNS look-up of SRV _sips._tcp.example.com failed: ");
        }
    }

    @Test
    void whatIsNoNameIsSaidToBeNone() throws IOException {
        try (DnsDouble server = DnsDouble.failing()) {
            DnsRecords dns = DnsjavaRecords.at(server.address());

            assertThatThrownBy(() -> dns.naptr("example..com"))
                    .hasMessageStartingWith("'example..com' is no name of the DNS");
        }
    }
}
