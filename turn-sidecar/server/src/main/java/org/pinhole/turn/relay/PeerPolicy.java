package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which peers a client may reach. What is not the public Internet is refused unless the operator allowed it by name, and
 * so is an IPv6 address that stands for such an IPv4 one: a relay must not be a way into the network it stands in.
 */
public final class PeerPolicy {
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
    private static final Cidr V4_COMPATIBLE = Cidr.parse("::/96");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

    private static final InetAddress ANY_IPV4 = IpLiteral.parse("0.0.0.0");
    private static final InetAddress ANY_IPV6 = IpLiteral.parse("::");

    private volatile List<Cidr> allowed;
    private volatile List<Cidr> denied = List.of();
    private volatile Set<InetSocketAddress> ours = Set.of();

    public PeerPolicy(List<Cidr> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Replaces what the operator allows, for what is asked from now on; on any thread. */
    public void allow(List<Cidr> ranges) {
        allowed = List.copyOf(ranges);
    }

    /** Replaces what the operator refuses whatever is allowed, for what is asked from now on; on any thread. */
    public void deny(List<Cidr> ranges) {
        denied = List.copyOf(ranges);
    }

    /**
     * Says where this server itself can be reached, and whom it asks for keys: a relay must not be a way back in, past what
     * guards the front, and no allowed range opens that. An unspecified address stands for all of this machine.
     */
    public void refuse(Set<InetSocketAddress> listeners) {
        ours = Set.copyOf(listeners);
    }

    /** Whether the port is not one of our own there; asked beside {@link #permits(InetAddress)}. */
    public boolean permits(InetSocketAddress peer) {
        return !ours.contains(peer) && !(peer.getAddress().isLoopbackAddress() && isOursOnAllAddresses(peer.getPort()));
    }

    /** Any address of 127.0.0.0/8 reaches who listens on all addresses. */
    private boolean isOursOnAllAddresses(int port) {
        return ours.contains(new InetSocketAddress(ANY_IPV4, port))
                || ours.contains(new InetSocketAddress(ANY_IPV6, port));
    }

    /** Whether the peer may be reached. v4-mapped addresses never get here: the JDK has made IPv4 ones of them. */
    public boolean permits(InetAddress peer) {
        InetAddress embedded = embeddedIpv4(peer);
        if (peer.isAnyLocalAddress()) { // reaches loopback, so not what whoever allows 0.0.0.0/0 means
            return false;
        }
        if (contains(denied, peer) || (embedded != null && contains(denied, embedded))) {
            return false;
        }
        if (contains(allowed, peer)) {
            return true;
        }
        return !contains(REFUSED, peer) && (embedded == null || !contains(REFUSED, embedded));
    }

    private static boolean contains(List<Cidr> ranges, InetAddress address) {
        for (Cidr range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The IPv4 address that an IPv6 one stands for, or null. */
    private static @Nullable InetAddress embeddedIpv4(InetAddress peer) {
        byte[] bytes = peer.getAddress();
        if (V4_COMPATIBLE.contains(peer) || NAT64.contains(peer)) {
            return ipv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return SIX_TO_FOUR.contains(peer) ? ipv4(Arrays.copyOfRange(bytes, 2, 6)) : null;
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are always an address", e);
        }
    }
}
