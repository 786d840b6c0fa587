package org.pinhole.turn.relay;

import java.net.InetSocketAddress;

/** One relayed transport address for TCP (RFC 6062): peers connect to it, and it connects to peers; on one event loop only. */
public interface TcpRelay {

    /** The relayed transport address as clients and peers see it. */
    InetSocketAddress address();

    /**
     * Begins to connect to a peer from the relayed transport address.
     *
     * @throws org.pinhole.stun.StunException 508 when there is no socket left
     */
    Connecting connect(InetSocketAddress peer);

    /** Stops listening and gives the port back; connections with peers are not touched. */
    void close();
}
