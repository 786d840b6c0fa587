package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.util.Locale;

/** A range of addresses, {@code 10.0.0.0/8} or a single address. */
public record Cidr(InetAddress network, int prefixBits) {

    /** Reads {@code ADDRESS/BITS} or {@code ADDRESS}; never asks a name service. */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress network = IpLiteral.parse(address.trim());
            int most = network.getAddress().length * 8;
            int bits = slash < 0
                    ? most
                    : Integer.parseInt(text.substring(slash + 1).trim());
            if (bits >= 0 && bits <= most) {
                return new Cidr(network, bits);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "'%s' is not ADDRESS or ADDRESS/BITS, for example 192.0.2.0/24".formatted(text));
    }

    /** Whether the address is of the same family and within the range, compared bit by bit from the left. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = prefixBits / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int rest = prefixBits % 8;
        return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s/%d", network.getHostAddress(), prefixBits);
    }
}
