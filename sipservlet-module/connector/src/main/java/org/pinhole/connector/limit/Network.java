package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What an address belongs to. */
public final class Network {
    private static final int V4_OCTETS = 4;
    private static final int V4_NETWORK_OCTETS = 3;
    private static final int V6_NETWORK_OCTETS = 6;
    private static final int V6_HOST_OCTETS = 8;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

    private Network() {}

    /** The /24 or /56 as a number: the family's in the first octet, the prefix in the others. */
    static long of(InetAddress source) {
        byte[] octets = source.getAddress();
        boolean v4 = octets.length == 4;
        long network = v4 ? 4 : 6;
        for (int i = 0; i < (v4 ? 3 : 7); i++) {
            network = (network << 8) | (octets[i] & 0xFF);
        }
        return network;
    }

    /**
     * Whom an address stands for: of IPv6 everybody has a /64 at least, and may speak from each address of it, but where a
     * NAT64 (RFC 6052 §2.1) or 6to4 (RFC 3056 §2) stands between, it is the IPv4 address in it.
     */
    public static InetAddress host(InetAddress source) {
        return prefix(v4Of(source), V4_OCTETS, V6_HOST_OCTETS);
    }

    private static InetAddress v4Of(InetAddress source) {
        byte[] octets = source.getAddress();
        if (startsWith(octets, NAT64)) {
            return address(Arrays.copyOfRange(octets, NAT64.length, octets.length));
        }
        return startsWith(octets, SIX_TO_FOUR)
                ? address(Arrays.copyOfRange(octets, SIX_TO_FOUR.length, SIX_TO_FOUR.length + V4_OCTETS))
                : source;
    }

    private static boolean startsWith(byte[] octets, byte[] prefix) {
        return octets.length > V4_OCTETS && Arrays.equals(Arrays.copyOf(octets, prefix.length), prefix);
    }

    /**
     * Where a source is, from wide to narrow: among the others of its /24, or of its /48, which is what anybody has for the
     * asking; and itself.
     */
    public static List<InetAddress> around(InetAddress source) {
        return Collections.unmodifiableList(
                Arrays.asList(prefix(v4Of(source), V4_NETWORK_OCTETS, V6_NETWORK_OCTETS), host(source)));
    }

    private static InetAddress prefix(InetAddress source, int ofV4, int ofV6) {
        byte[] octets = source.getAddress();
        Arrays.fill(octets, octets.length == V4_OCTETS ? ofV4 : ofV6, octets.length, (byte) 0);
        return address(octets);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength); // 4 and 16 are right
        }
    }
}
