package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the connections of one connector. Holds one entry for each source and network that has a connection, so the cap
 * on connections bounds it too. Any thread; the lock is held for a few look-ups.
 */
public final class Occupancy {
    private final ConnectionLimits limits;
    private final Map<InetAddress, Integer> bySource = new HashMap<>();
    private final Map<Long, Integer> byNetwork = new HashMap<>();
    private int connections;
    private int handshakes;

    /** With nobody there. */
    public Occupancy(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Takes a place for a new connection, in handshake; or says on the place why there is none. */
    public synchronized Place enter(InetAddress source) {
        Full full = full(source);
        if (full == null) {
            connections++;
            handshakes++;
            bySource.merge(source, 1, Integer::sum);
            byNetwork.merge(network(source), 1, Integer::sum);
        }
        return new Place(this, source, full);
    }

    private @Nullable Full full(InetAddress source) {
        if (connections >= limits.connections()) {
            return Full.CONNECTIONS;
        }
        if (bySource.getOrDefault(source, 0) >= limits.perSource()) {
            return Full.SOURCE;
        }
        if (byNetwork.getOrDefault(network(source), 0) >= limits.perNetwork()) {
            return Full.NETWORK;
        }
        return handshakes >= limits.handshakes() ? Full.HANDSHAKES : null;
    }

    synchronized void handshakeOver() {
        handshakes--;
    }

    synchronized void leave(InetAddress source) {
        connections--;
        bySource.computeIfPresent(source, Occupancy::oneLess);
        byNetwork.computeIfPresent(network(source), Occupancy::oneLess);
    }

    private static @Nullable Integer oneLess(Object key, Integer count) {
        return count == 1 ? null : Integer.valueOf(count - 1);
    }

    /** Connections now. */
    public synchronized int connections() {
        return connections;
    }

    /** Connections now that are not flows yet. */
    public synchronized int handshakes() {
        return handshakes;
    }

    /** How many sources there are entries for. */
    synchronized int sources() {
        return bySource.size();
    }

    /** The /24 or /56 as a number: the family's in the first octet, the prefix in the others. */
    private static long network(InetAddress source) {
        byte[] octets = source.getAddress();
        boolean v4 = octets.length == 4;
        long network = v4 ? 4 : 6;
        for (int i = 0; i < (v4 ? 3 : 7); i++) {
            network = (network << 8) | (octets[i] & 0xFF);
        }
        return network;
    }
}
