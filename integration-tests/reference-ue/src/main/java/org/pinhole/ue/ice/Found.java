package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address that gathering found, before it is ranked among the others.
 *
 * @param server which server it was learned from; with type and base it makes the foundation (RFC 8445 §5.1.1.3)
 */
record Found(
        OpenBase base,
        IceTransport transport,
        CandidateType type,
        InetSocketAddress address,
        @Nullable InetSocketAddress related,
        String server) {
    /** RFC 6544 §4.5: what an active candidate says in the place of the port that it will have. */
    static final int DISCARD = 9;

    static Found host(OpenBase base, IceTransport transport, InetSocketAddress address) {
        return new Found(base, transport, CandidateType.HOST, address, null, "");
    }

    String foundationKey() {
        return type + " " + transport.protocol() + " " + address.getAddress().getHostAddress() + " " + server;
    }
}
