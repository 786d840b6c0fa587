package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which peers a client may reach. What is not the public Internet is refused unless the operator allowed it by name, and
 * so is an IPv6 address that stands for such an IPv4 one: a relay must not be a way into the network it stands in. Of this
 * machine, relayed addresses are peers like any other; the rest of it takes a name too, and the server itself none opens.
 *
 * @param allowed what the operator allows although it is refused by default
 * @param denied what the operator refuses whatever is allowed
 * @param machine where the server and its machine can be reached
 */
public record PeerRules(List<Cidr> allowed, List<Cidr> denied, OwnMachine machine) {
    private static final List<Cidr> EVERYTHING = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));
    /** For as long as it is not known yet what to refuse. */
    public static final PeerRules NOBODY = new PeerRules(List.of(), EVERYTHING, OwnMachine.UNKNOWN);

    private static final List<Cidr> REFUSED = Stream.of(
                    "0.0.0.0/8", // "this host": reaches loopback
                    "10.0.0.0/8",
                    "100.64.0.0/10", // carrier-grade NAT
                    "127.0.0.0/8",
                    "169.254.0.0/16", // link-local, and the clouds' metadata service
                    "172.16.0.0/12",
                    "192.0.0.0/24", // protocol assignments
                    "192.168.0.0/16",
                    "198.18.0.0/15", // benchmarks
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, and broadcast
                    "::/127", // unspecified and loopback
                    "64:ff9b:1::/48", // a local NAT64: its IPv4 address is anywhere in it
                    "100::/64", // discard
                    "2001::/32", // Teredo
                    "fc00::/7", // unique local
                    "fe80::/10", // link-local
                    "fec0::/10", // site-local, deprecated
                    "ff00::/8") // multicast
            .map(Cidr::parse)
            .toList();

    public PeerRules {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /** Whether the peer may be reached. v4-mapped addresses never get here: the JDK has made IPv4 ones of them. */
    boolean permits(InetAddress peer) {
        Notation notation = Notation.of(peer);
        InetAddress meant = notation.ipv4(peer);
        if (peer.isAnyLocalAddress()) { // reaches loopback, so not what whoever allows 0.0.0.0/0 means
            return false;
        }
        if (contains(denied, peer) || contains(denied, meant)) {
            return false;
        }
        return isNamed(peer, notation) || (!contains(REFUSED, peer) && !contains(REFUSED, meant));
    }

    /** Whether the port may be reached, at an address that may be. */
    boolean permits(InetSocketAddress peer) {
        Notation notation = Notation.of(peer.getAddress());
        InetSocketAddress meant = new InetSocketAddress(notation.ipv4(peer.getAddress()), peer.getPort());
        if (machine.isService(peer) || machine.isService(meant)) {
            return false;
        }
        return isNamed(peer.getAddress(), notation) || (!machine.isApplication(peer) && !machine.isApplication(meant));
    }

    /** Who allows ::/0 does not mean the IPv4 addresses that stand in it in other words. */
    private boolean isNamed(InetAddress peer, Notation notation) {
        for (Cidr range : allowed) {
            if (range.prefixBits() >= notation.prefixBits() && range.contains(peer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(List<Cidr> ranges, InetAddress address) {
        for (Cidr range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
