package org.pinhole.ue.turn;

import java.net.InetSocketAddress;

/** Gets what peers sent to the relayed transport address, on the reader's thread of the client's connection. */
@FunctionalInterface
public interface PeerListener {
    /** Drops everything. */
    PeerListener NONE = (peer, data) -> {};

    /** One datagram; the array is the listener's. */
    void data(InetSocketAddress peer, byte[] data);
}
