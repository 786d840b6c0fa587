package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Whom an address stands for, and among whom: what every limit counts by. An IPv4 address is a source, and its /24 a network. Of
 * IPv6 everybody has a /64 at least and may speak from each address of it, so that is a source, and its /56 a network; around
 * it is its /48, which is what anybody has for the asking, so that its networks are among themselves when it comes to whose
 * turn it is and who has to make room. A provider has a /32: who has to make room is looked for by those first, and whose turn it
 * is not, because all that have one provider would wait for as long as each /24 of IPv4. Where a NAT64 (RFC 6052 §2.1) or 6to4 (RFC 3056 §2) stands between, the source is the
 * IPv4 address in it.
 */
public final class Network {
    private static final int[] V4_OCTETS = {3, 4};
    private static final int[] V6_OCTETS = {6, 7, 8};
    private static final int[] V6_OCTETS_BY_PROVIDER = {4, 6, 7, 8};
    private static final int V4_LENGTH = 4;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

    private Network() {}

    /** The network of a source, which the caps count by. */
    static InetAddress of(InetAddress source) {
        List<InetAddress> places = around(source);
        return places.get(places.size() - 2);
    }

    /** The source that an address stands for. */
    public static InetAddress host(InetAddress address) {
        List<InetAddress> places = around(address);
        return places.get(places.size() - 1);
    }

    /** Where a source is, from wide to narrow; the last is itself. */
    public static List<InetAddress> around(InetAddress source) {
        return around(source, V6_OCTETS);
    }

    /** The same, but first of all its provider, of IPv6. */
    static List<InetAddress> aroundFromProvider(InetAddress source) {
        return around(source, V6_OCTETS_BY_PROVIDER);
    }

    private static List<InetAddress> around(InetAddress source, int[] v6) {
        byte[] octets = v4Of(source.getAddress());
        List<InetAddress> places = new ArrayList<>(v6.length);
        for (int length : octets.length == V4_LENGTH ? V4_OCTETS : v6) {
            byte[] prefix = Arrays.copyOf(Arrays.copyOf(octets, length), octets.length);
            places.add(address(prefix));
        }
        return Collections.unmodifiableList(places);
    }

    private static byte[] v4Of(byte[] octets) {
        if (startsWith(octets, NAT64)) {
            return Arrays.copyOfRange(octets, NAT64.length, octets.length);
        }
        return startsWith(octets, SIX_TO_FOUR)
                ? Arrays.copyOfRange(octets, SIX_TO_FOUR.length, SIX_TO_FOUR.length + V4_LENGTH)
                : octets;
    }

    private static boolean startsWith(byte[] octets, byte[] prefix) {
        return octets.length > V4_LENGTH && Arrays.equals(Arrays.copyOf(octets, prefix.length), prefix);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength); // 4 and 16 are right
        }
    }
}
