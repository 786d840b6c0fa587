package org.pinhole.turn.relay;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** One relayed transport address for TCP (RFC 6062): peers connect to it, and it connects to peers; on one event loop only. */
public interface TcpRelay {

    /** The relayed transport address as clients and peers see it. */
    InetSocketAddress address();

    /**
     * Connects to a peer from the relayed transport address. Completes on the event loop, with an end that is the caller's;
     * fails with a 447 when the peer refuses or does not answer in time.
     */
    CompletableFuture<StreamEnd> connect(InetSocketAddress peer);

    /** Stops listening and gives the port back; connections with peers are not touched. */
    void close();
}
