package org.pinhole.turn.relay;

import java.net.InetSocketAddress;

/** Who is told of the peers that connect to a TCP relayed transport address; called on the event loop of the relay. */
public interface PeerConnections {

    /** A peer has connected. The end is the callee's: to be kept until it is joined, or closed. */
    void accepted(InetSocketAddress peer, StreamEnd end);
}
