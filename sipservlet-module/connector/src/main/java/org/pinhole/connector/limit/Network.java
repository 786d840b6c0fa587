package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Whom an address stands for, and among whom: what every limit counts by. An IPv4 address is a source, and its /24 a network.
 *
 * <p>Of IPv6 everybody has a /64 at least and may speak from each address of it, so that is a source. Its /56 is a network. Its /48
 * is what anybody has for the asking, so the networks of one are a place of their own where it is about whose turn it is and who
 * has to make room. Its /32 is a provider's: who has to make room is looked for by those first; whose turn it is is not, or all
 * that have one provider would wait for as long as each /24 of IPv4.
 *
 * <p>Where a NAT64 (RFC 6052 §2.1) or 6to4 (RFC 3056 §2) stands between, the source is the IPv4 address in it.
 *
 * <p>One of them is a prefix: every connection has its source, so it is small; and it has an order, so that a map of them stays
 * quick whoever chooses the addresses. Immutable.
 */
public final class Network implements Comparable<Network> {
    private static final int[] V4_BITS = {24, 32};
    private static final int[] V6_BITS = {48, 56, 64};
    private static final int[] V6_BITS_BY_PROVIDER = {32, 48, 56, 64};
    private static final int V4_OCTETS = 4;
    private static final int V6_OCTETS = 16;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

    /** Spreads what differs in any bit over the upper half: 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Of an address the first that there are, at most 64, and of these only what belongs to the prefix. */
    private final long bits;

    private final byte length;
    private final boolean v4;

    private Network(long bits, int length, boolean v4) {
        this.bits = bits & (-1L << (Long.SIZE - length));
        this.length = (byte) length;
        this.v4 = v4;
    }

    /** The source that an address stands for. */
    public static Network source(InetAddress address) {
        byte[] octets = v4Of(address.getAddress());
        boolean v4 = octets.length == V4_OCTETS;
        int[] lengths = v4 ? V4_BITS : V6_BITS;
        long bits = ByteBuffer.wrap(Arrays.copyOf(octets, Long.BYTES)).getLong();
        return new Network(bits, lengths[lengths.length - 1], v4);
    }

    /** The network of a source, which the caps count by. */
    Network network() {
        int[] lengths = v4 ? V4_BITS : V6_BITS;
        return within(lengths[lengths.length - 2]);
    }

    /** The widest network that a source is in, but for its provider's. */
    public Network widest() {
        return within((v4 ? V4_BITS : V6_BITS)[0]);
    }

    /** Where a source is, from wide to narrow; the last is itself. */
    public List<Network> around() {
        return within(v4 ? V4_BITS : V6_BITS);
    }

    /** The same, but first of all its provider, of IPv6. */
    List<Network> aroundFromProvider() {
        return within(v4 ? V4_BITS : V6_BITS_BY_PROVIDER);
    }

    private List<Network> within(int[] lengths) {
        List<Network> places = new ArrayList<>(lengths.length);
        for (int each : lengths) {
            places.add(within(each));
        }
        return Collections.unmodifiableList(places);
    }

    private Network within(int wider) {
        return wider == length ? this : new Network(bits, wider, v4);
    }

    private static byte[] v4Of(byte[] octets) {
        if (startsWith(octets, NAT64)) {
            return Arrays.copyOfRange(octets, NAT64.length, octets.length);
        }
        return startsWith(octets, SIX_TO_FOUR)
                ? Arrays.copyOfRange(octets, SIX_TO_FOUR.length, SIX_TO_FOUR.length + V4_OCTETS)
                : octets;
    }

    private static boolean startsWith(byte[] octets, byte[] prefix) {
        return octets.length > V4_OCTETS && Arrays.equals(Arrays.copyOf(octets, prefix.length), prefix);
    }

    @Override
    public int compareTo(Network other) {
        int byBits = Long.compareUnsigned(bits, other.bits);
        int byLength = byBits == 0 ? Byte.compare(length, other.length) : byBits;
        return byLength == 0 ? Boolean.compare(v4, other.v4) : byLength;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network && compareTo((Network) other) == 0;
    }

    @Override
    public int hashCode() {
        return (int) ((bits * SPREAD) >>> Integer.SIZE) + length;
    }

    /** As a prefix is written: {@code 192.0.2.0/24}. */
    @Override
    public String toString() {
        byte[] octets = ByteBuffer.allocate(V6_OCTETS).putLong(bits).array();
        try {
            InetAddress first = InetAddress.getByAddress(v4 ? Arrays.copyOf(octets, V4_OCTETS) : octets);
            return first.getHostAddress() + "/" + length;
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength); // 4 and 16 are right
        }
    }
}
