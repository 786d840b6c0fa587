package org.pinhole.connector.limit;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the connections of one connector, and the handshakes among them. Any thread; the lock is held for a few look-ups.
 */
public final class Occupancy {
    private final Crowd connections;
    private final Crowd handshakes;

    /** With nobody there. */
    public Occupancy(ConnectionLimits limits) {
        this.connections = new Crowd(limits.connections());
        this.handshakes = new Crowd(limits.handshakes());
    }

    /** Takes a place for a new connection, in handshake; or says on the place why there is none. */
    public synchronized Place enter(InetAddress source) {
        Full full = full(source);
        if (full == null) {
            connections.enter(source);
            handshakes.enter(source);
        }
        return new Place(this, source, full);
    }

    private @Nullable Full full(InetAddress source) {
        if (connections.isFull()) {
            return Full.CONNECTIONS;
        }
        if (connections.isFullOf(source)) {
            return Full.SOURCE;
        }
        if (connections.isFullOfNeighboursOf(source)) {
            return Full.NETWORK;
        }
        if (handshakes.isFull()) {
            return Full.HANDSHAKES;
        }
        if (handshakes.isFullOf(source)) {
            return Full.SOURCE_HANDSHAKES;
        }
        return handshakes.isFullOfNeighboursOf(source) ? Full.NETWORK_HANDSHAKES : null;
    }

    synchronized void handshakeOver(InetAddress source) {
        handshakes.leave(source);
    }

    synchronized void leave(InetAddress source) {
        connections.leave(source);
    }

    /** Connections now. */
    public synchronized int connections() {
        return connections.size();
    }

    /** Connections now that are not flows yet. */
    public synchronized int handshakes() {
        return handshakes.size();
    }

    /** How many sources there are entries for. */
    synchronized int sources() {
        return connections.sources() + handshakes.sources();
    }
}
