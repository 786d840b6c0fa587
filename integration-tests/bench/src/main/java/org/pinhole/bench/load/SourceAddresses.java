package org.pinhole.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where phones come from: many addresses of 127/8, each in a /24 of its own, so that neither port numbers nor limits per
 * source decide what is measured.
 */
public final class SourceAddresses {
    private static final int FIRST = 16;
    private static final int SECOND_BYTES = 100;
    private static final int THIRD_BYTES = 250;

    private SourceAddresses() {}

    /** The source of one phone, any port. */
    public static InetSocketAddress of(int phone) {
        int network = phone % (SECOND_BYTES * THIRD_BYTES);
        byte[] address = {127, (byte) (FIRST + network / THIRD_BYTES), (byte) (network % THIRD_BYTES), 7};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), 0);
        } catch (UnknownHostException fourBytesAreAnAddress) {
            throw new IllegalStateException(fourBytesAreAnAddress);
        }
    }
}
