package org.pinhole.ue.turn;

import java.net.InetSocketAddress;
import org.pinhole.stun.ConnectionId;

/** A peer that connected to our relayed address and waits, for 30 s at most, to be bound (RFC 6062 §4.4). */
public final class StreamAttempt {
    private final ConnectionId id;
    private final InetSocketAddress peer;

    StreamAttempt(ConnectionId id, InetSocketAddress peer) {
        this.id = id;
        this.peer = peer;
    }

    ConnectionId id() {
        return id;
    }

    public InetSocketAddress peer() {
        return peer;
    }
}
