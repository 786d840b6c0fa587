package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * A way to say an IPv4 address in an IPv6 one, or the plain one.
 *
 * @param range the IPv6 addresses that are read so
 * @param offset of the IPv4 address in bytes, or {@link #SOMEWHERE}
 */
record Notation(Cidr range, int offset) {
    private static final int SOMEWHERE = -1;
    private static final int IPV4_BYTES = 4;

    private static final Notation PLAIN = new Notation(Cidr.parse("::/0"), SOMEWHERE);
    private static final List<Notation> EMBEDDING = List.of(
            new Notation(Cidr.parse("::/96"), 12), // v4-compatible
            new Notation(Cidr.parse("::ffff:0:0:0/96"), 12), // IPv4-translated (RFC 2765)
            new Notation(Cidr.parse("64:ff9b::/96"), 12), // NAT64
            new Notation(Cidr.parse("64:ff9b:1::/48"), SOMEWHERE), // a local NAT64
            new Notation(Cidr.parse("2002::/16"), 2), // 6to4
            new Notation(Cidr.parse("2001::/32"), SOMEWHERE)); // Teredo

    /** ::1 is an address of its own. */
    static Notation of(InetAddress peer) {
        if (!peer.isLoopbackAddress()) {
            for (Notation notation : EMBEDDING) {
                if (notation.range.contains(peer)) {
                    return notation;
                }
            }
        }
        return PLAIN;
    }

    /** The IPv4 address that is meant; the address itself where it says none, or not where. */
    InetAddress ipv4(InetAddress peer) {
        if (offset == SOMEWHERE) {
            return peer;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(peer.getAddress(), offset, offset + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are always an address", e);
        }
    }

    /** How many bits say that it is this notation. */
    int prefixBits() {
        return range.prefixBits();
    }
}
