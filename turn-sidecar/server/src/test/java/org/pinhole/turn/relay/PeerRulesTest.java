package org.pinhole.turn.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T-22")
class PeerRulesTest {
    private final PeerRules policy = allowing();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotThePublicInternetIsRefused(String peer) {
        assertThat(policy.permits(IpLiteral.parse(peer))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:127.0.0.1", // v4-mapped
                "::127.0.0.1", // v4-compatible
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "::ffff:0:127.0.0.1", // IPv4-translated (SIIT)
                "::ffff:0:10.0.0.1",
                "64:ff9b::127.0.0.1", // NAT64
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1", // NAT64 with a local prefix
                "2002:7f00:1::", // 6to4
                "2002:c0a8:101::1",
                "2001:0:1:2:3:4:5:6" // Teredo
            })
    void anotherNotationOfARefusedPeerIsRefused(String peer) {
        assertThat(policy.permits(IpLiteral.parse(peer))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2001:4860:4860::8888", "64:ff9b::808:808"})
    void thePublicInternetMayBeReached(String peer) {
        assertThat(policy.permits(IpLiteral.parse(peer))).isTrue();
    }

    @Test
    void whatIsAllowedByNameMayBeReachedAndItsNeighbourMayNot() {
        PeerRules allowing = allowing("127.0.0.2/32", "fd00:1::/32");

        assertThat(allowing.permits(IpLiteral.parse("127.0.0.2"))).isTrue();
        assertThat(allowing.permits(IpLiteral.parse("::ffff:127.0.0.2"))).isTrue();
        assertThat(allowing.permits(IpLiteral.parse("127.0.0.1"))).isFalse();
        assertThat(allowing.permits(IpLiteral.parse("2002:7f00:2::"))).isFalse();
        assertThat(allowing.permits(IpLiteral.parse("fd00:1::9"))).isTrue();
        assertThat(allowing.permits(IpLiteral.parse("fd00:2::9"))).isFalse();
    }

    @Test
    void whatIsDeniedIsRefusedWhateverIsAllowed() {
        PeerRules policy = new PeerRules(
                List.of(Cidr.parse("10.0.0.0/8")),
                List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("198.51.100.0/24")),
                OwnMachine.UNKNOWN);

        assertThat(policy.permits(IpLiteral.parse("10.2.0.1"))).isTrue();
        assertThat(policy.permits(IpLiteral.parse("10.1.0.1"))).isFalse();
        assertThat(policy.permits(IpLiteral.parse("198.51.100.1"))).isFalse();
        assertThat(policy.permits(IpLiteral.parse("64:ff9b::198.51.100.1"))).isFalse();
    }

    @Test
    void noRangeThatIsAllowedOpensTheServersOwnPorts() {
        PeerRules open = new PeerRules(
                List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")),
                List.of(),
                new OwnMachine(
                        Set.of(at("127.0.0.1", 9641), at("0.0.0.0", 3478), at("192.0.2.1", 443), at("::1", 8080)),
                        Set.of(IpLiteral.parse("192.0.2.2")),
                        PortRange.DYNAMIC));

        for (InetSocketAddress own : List.of(
                at("127.0.0.1", 9641),
                at("::ffff:127.0.0.1", 9641),
                at("127.9.9.9", 3478), // who listens on all addresses listens there too
                at("::1", 3478),
                at("192.0.2.2", 3478),
                at("64:ff9b::192.0.2.1", 443), // other words for the same
                at("2002:c000:202::1", 3478),
                at("::1", 8080),
                at("192.0.2.1", 443))) {
            assertThat(open.permits(own)).as("%s", own).isFalse();
        }
        assertThat(open.permits(at("127.9.9.9", 9641))).isTrue();
        assertThat(open.permits(at("192.0.2.1", 444))).isTrue();
        assertThat(open.permits(IpLiteral.parse("127.0.0.1"))).isTrue();
    }

    /** The machine's own applications are no public peers, even at its public address; its relays are. */
    @Test
    void ofThisMachineOnlyRelaysArePeersUnlessItIsAllowedByName() {
        OwnMachine machine = new OwnMachine(
                Set.of(at("198.51.100.1", 3478)),
                Set.of(IpLiteral.parse("198.51.100.1"), IpLiteral.parse("2001:db8:1::1")),
                new PortRange(50000, 50999));
        PeerRules byDefault = new PeerRules(List.of(), List.of(), machine);
        PeerRules named = new PeerRules(List.of(Cidr.parse("198.51.100.1")), List.of(), machine);

        assertThat(byDefault.permits(IpLiteral.parse("198.51.100.1"))).isTrue();
        for (InetSocketAddress relay : List.of(at("198.51.100.1", 50000), at("2001:db8:1::1", 50999))) {
            assertThat(byDefault.permits(relay)).as("relay %s", relay).isTrue();
        }
        for (InetSocketAddress application : List.of(
                at("198.51.100.1", 22),
                at("198.51.100.1", 51000),
                at("2001:db8:1::1", 5432),
                at("64:ff9b::198.51.100.1", 22))) {
            assertThat(byDefault.permits(application)).as("%s", application).isFalse();
        }
        assertThat(byDefault.permits(at("198.51.100.2", 22))).isTrue();
        assertThat(named.permits(at("198.51.100.1", 22))).isTrue();
        assertThat(named.permits(at("198.51.100.1", 3478))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::127.0.0.1",
                "64:ff9b::127.0.0.1",
                "2002:7f00:1::",
                "::ffff:0:10.0.0.1",
                "64:ff9b:1::1",
                "2001:0:1:2:3:4:5:6"
            })
    void allOfIpv6IsNotTheIpv4AddressesInItUnlessTheirRangeIsAllowed(String embedded) {
        String itself = IpLiteral.parse(embedded).getHostAddress();

        assertThat(allowing("::/0").permits(IpLiteral.parse(embedded))).isFalse();
        assertThat(allowing("::/0", itself + "/128").permits(IpLiteral.parse(embedded)))
                .isTrue();
        assertThat(allowing("::/0").permits(IpLiteral.parse("fd00::1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "::ffff:0.0.0.0"})
    void theUnspecifiedAddressIsNoPeerWhateverIsAllowed(String unspecified) {
        PeerRules open = allowing("0.0.0.0/0", "::/0");

        assertThat(open.permits(IpLiteral.parse(unspecified))).isFalse();
    }

    private static PeerRules allowing(String... ranges) {
        return new PeerRules(Stream.of(ranges).map(Cidr::parse).toList(), List.of(), OwnMachine.UNKNOWN);
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(IpLiteral.parse(address), port);
    }

    @Test
    void aRangeIsComparedBitByBitFromTheLeft() {
        Cidr range = Cidr.parse("2001:db8:0:8000::/49");

        assertThat(range.contains(IpLiteral.parse("2001:db8:0:ffff::1"))).isTrue();
        assertThat(range.contains(IpLiteral.parse("2001:db8:0:7fff::1"))).isFalse();
        assertThat(range.contains(IpLiteral.parse("2001:db8:1::"))).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains(IpLiteral.parse("203.0.113.1")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::/129", "10.0.0.0/x"})
    void whatIsNoRangeIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
