package org.pinhole.turn.allocation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ConnectionId;

/**
 * The peers' connections that wait for a ConnectionBind, of all event loops, since that may arrive on any. Ids are random,
 * live for thirty seconds, work once and for one user only; so a guess is worth nothing to anybody else.
 */
public final class PendingConnections {
    private final RandomGenerator random;
    private final ConcurrentMap<ConnectionId, PeerConnection> byId = new ConcurrentHashMap<>();

    /** {@code random} must not be predictable. */
    public PendingConnections(RandomGenerator random) {
        this.random = random;
    }

    /** A new id for a connection. */
    ConnectionId add(PeerConnection connection) {
        while (true) {
            ConnectionId id = new ConnectionId(random.nextInt());
            if (byId.putIfAbsent(id, connection) == null) {
                return id;
            }
        }
    }

    void remove(ConnectionId id, PeerConnection connection) {
        byId.remove(id, connection);
    }

    /** The connection that waits under the id, or null; it goes on waiting. */
    public @Nullable PeerConnection find(ConnectionId id) {
        return byId.get(id);
    }

    /** Takes a user's connection, which then waits no more; null when there is none, or it is another user's. */
    public @Nullable PeerConnection take(ConnectionId id, String username) {
        PeerConnection connection = byId.get(id);
        return connection != null && connection.owner().isUser(username) && byId.remove(id, connection)
                ? connection
                : null;
    }

    int size() {
        return byId.size();
    }
}
