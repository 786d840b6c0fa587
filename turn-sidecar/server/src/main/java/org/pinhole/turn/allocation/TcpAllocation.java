package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunException;
import org.pinhole.turn.relay.PeerConnections;
import org.pinhole.turn.relay.StreamEnd;
import org.pinhole.turn.relay.TcpRelay;

/** An allocation for TCP connections with peers (RFC 6062). */
public final class TcpAllocation extends Allocation implements PeerConnections {
    private final PendingConnections pending;
    private final AllocationEvents events;
    private final Map<InetSocketAddress, PeerConnection> byPeer = new HashMap<>();
    private @Nullable TcpRelay relay;
    private boolean closed;

    TcpAllocation(Opening opening, PendingConnections pending, AllocationEvents events) {
        super(opening);
        this.pending = pending;
        this.events = events;
    }

    void add(TcpRelay opened) {
        relay = opened;
    }

    @Override
    public List<InetSocketAddress> relayedAddresses() {
        return relay == null ? List.of() : List.of(relay.address());
    }

    @Override
    public int protocol() {
        return RequestedTransport.TCP;
    }

    /**
     * Connects to a peer (RFC 6062 §5.2). Completes on the event loop with the id of the connection, which is pending then;
     * 446 when there is one with the peer already, 447 when the peer cannot be reached, 486 or 508 when there are too many.
     */
    public CompletableFuture<ConnectionId> connect(InetSocketAddress peer) {
        TcpRelay from = relay;
        if (from == null || byPeer.containsKey(peer)) {
            throw new StunException(446, "there is a connection with %s already".formatted(peer));
        }
        PeerConnection connection = open(peer);
        return from.connect(peer)
                .whenComplete((end, failure) -> {
                    if (failure != null) {
                        remove(connection);
                    }
                })
                .thenApply(end -> pending(connection, end));
    }

    /** A peer connects: closed without permission or room, else announced to the client (RFC 6062 §5.3). */
    @Override
    public void accepted(InetSocketAddress peer, StreamEnd end) {
        if (closed || !permits(peer.getAddress(), now()) || byPeer.containsKey(peer)) {
            end.close();
            return;
        }
        try {
            ConnectionId id = pending(open(peer), end);
            path().answer(ClientFrames.connectionAttempt(path(), peer, id));
        } catch (StunException e) {
            end.close();
        }
    }

    private PeerConnection open(InetSocketAddress peer) {
        share().openConnection();
        PeerConnection connection = new PeerConnection(this, peer);
        byPeer.put(peer, connection);
        return connection;
    }

    private ConnectionId pending(PeerConnection connection, StreamEnd end) {
        if (closed) {
            end.close();
            throw new StunException(437, "the allocation has ended meanwhile");
        }
        ConnectionId id = pending.add(connection);
        connection.pending(end, id, now() + Lifetimes.PENDING_CONNECTION_NANOS);
        end.whenClosed(() -> remove(connection));
        return id;
    }

    private void remove(PeerConnection connection) {
        if (byPeer.remove(connection.peer(), connection)) {
            forget(connection);
        }
    }

    private void forget(PeerConnection connection) {
        ConnectionId id = connection.id();
        if (id != null) {
            pending.remove(id, connection);
        }
        share().closeConnection();
        events.connectionEnded(this, connection.peer());
    }

    boolean holds(PeerConnection connection) {
        return byPeer.get(connection.peer()) == connection;
    }

    void bound(PeerConnection connection) {
        events.connectionBound(this, connection.peer());
    }

    @Override
    void removeExpired(long now) {
        super.removeExpired(now);
        List.copyOf(byPeer.values()).stream()
                .filter(connection -> connection.isOverdue(now))
                .forEach(connection -> {
                    connection.close();
                    remove(connection);
                });
    }

    /** "If the allocation associated with a data connection expires, the data connection MUST be closed" (RFC 6062 §5.5). */
    @Override
    void close() {
        closed = true;
        if (relay != null) {
            relay.close();
        }
        List<PeerConnection> all = List.copyOf(byPeer.values());
        byPeer.clear();
        all.forEach(PeerConnection::close);
        all.forEach(this::forget);
        super.close();
    }
}
