package org.pinhole.app.digest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;

/** Where requests come from, as far as wrong passwords are counted by it. Immutable. */
public final class Source {
    private static final int HOUSEHOLD_OCTETS = 8;
    private static final int IPV6_NETWORK_OCTETS = 6;
    private static final int IPV4_NETWORK_OCTETS = 3;

    private final String place;
    private final String network;
    private final boolean shared;

    private Source(String place, String network, boolean shared) {
        this.place = place;
        this.network = network;
        this.shared = shared;
    }

    /** An IPv4 address, or the /64 of an IPv6 address, which is one household's. */
    public static Source of(InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        if (address == null) {
            return new Source(remote.getHostString(), remote.getHostString(), false);
        }
        byte[] octets = address.getAddress();
        boolean ipv6 = address instanceof Inet6Address;
        return new Source(
                ipv6 ? prefix(octets, HOUSEHOLD_OCTETS) : address.getHostAddress(),
                prefix(octets, ipv6 ? IPV6_NETWORK_OCTETS : IPV4_NETWORK_OCTETS),
                false);
    }

    private static String prefix(byte[] octets, int length) {
        return Arrays.toString(Arrays.copyOf(octets, length));
    }

    /** The same, which is a server's that speaks for many phones: what one of them guesses is not held against all. */
    public Source sharedByMany() {
        return new Source(place, network, true);
    }

    /** The address. */
    String place() {
        return place;
    }

    /** What one subscriber can easily have many addresses in: the /24 of IPv4, the /48 of IPv6. */
    String network() {
        return network;
    }

    /** Whether many phones' requests come from there by way of one server. */
    boolean shared() {
        return shared;
    }

    /** An address as the host of a SIP URI, in lower case. Never looks a name up. */
    public static String host(InetSocketAddress local) {
        InetAddress address = local.getAddress();
        String text = address == null ? local.getHostString() : address.getHostAddress();
        String host = text.indexOf(':') < 0 ? text : "[" + text + "]";
        return host.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return place;
    }
}
