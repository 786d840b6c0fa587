package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What an address belongs to. */
public final class Network {
    private static final int V6_OCTETS = 16;
    private static final int V6_SITE_OCTETS = 8;

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

    /** Whom an address stands for: of IPv6 everybody has a /64 at least, and may speak from each address of it. */
    public static InetAddress host(InetAddress source) {
        byte[] octets = source.getAddress();
        if (octets.length != V6_OCTETS) {
            return source;
        }
        for (int i = V6_SITE_OCTETS; i < V6_OCTETS; i++) {
            octets[i] = 0;
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength); // 16 is right
        }
    }
}
