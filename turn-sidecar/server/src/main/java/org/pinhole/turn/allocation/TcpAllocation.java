package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunException;
import org.pinhole.turn.relay.Connecting;
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
        share().openConnection();
        Connecting connecting = connecting(from, peer);
        PeerConnection connection = hold(peer, connecting.end());
        connecting.end().whenClosed(() -> ended(connection));
        return connecting.outcome().handle((done, failure) -> {
            if (closed) {
                throw new StunException(437, "the allocation has ended meanwhile");
            }
            if (failure != null) {
                throw new CompletionException(failure);
            }
            return pending(connection);
        });
    }

    private Connecting connecting(TcpRelay from, InetSocketAddress peer) {
        try {
            return from.connect(peer);
        } catch (RuntimeException e) {
            share().closeConnection();
            throw e;
        }
    }

    /**
     * A peer connects: closed without permission or room, else announced to the client (RFC 6062 §5.3). One that does not read
     * what it is told is told of no more peers.
     */
    @Override
    public void accepted(InetSocketAddress peer, StreamEnd end) {
        if (closed || !permits(peer.getAddress(), now()) || byPeer.containsKey(peer) || !path().isWritable()) {
            end.close();
            return;
        }
        try {
            share().openConnection();
        } catch (StunException e) {
            end.close();
            return;
        }
        PeerConnection connection = hold(peer, end);
        ConnectionId id = pending(connection);
        end.whenClosed(() -> ended(connection));
        path().answer(ClientFrames.connectionAttempt(path(), peer, id));
    }

    /** Counted already, and until it is closed, however long that takes. */
    private PeerConnection hold(InetSocketAddress peer, StreamEnd end) {
        PeerConnection connection = new PeerConnection(this, peer, end);
        byPeer.put(peer, connection);
        return connection;
    }

    private ConnectionId pending(PeerConnection connection) {
        ConnectionId id = pending.add(connection);
        connection.pending(id, now() + Lifetimes.PENDING_CONNECTION_NANOS);
        return id;
    }

    private void ended(PeerConnection connection) {
        byPeer.remove(connection.peer(), connection);
        forget(connection);
        share().closeConnection();
        events.connectionEnded(this, connection.peer());
        if (closed && byPeer.isEmpty()) {
            super.close();
        }
    }

    private void forget(PeerConnection connection) {
        ConnectionId id = connection.id();
        if (id != null) {
            pending.remove(id, connection);
        }
    }

    boolean holds(PeerConnection connection) {
        return !closed && byPeer.get(connection.peer()) == connection;
    }

    void bound(PeerConnection connection) {
        events.connectionBound(this, connection.peer());
    }

    @Override
    void removeExpired(long now) {
        super.removeExpired(now);
        List.copyOf(byPeer.values()).stream()
                .filter(connection -> connection.isOverdue(now))
                .forEach(PeerConnection::close);
    }

    /**
     * "If the allocation associated with a data connection expires, the data connection MUST be closed" (RFC 6062 §5.5). So
     * are those in the making; its quota is given back when the last is closed.
     */
    @Override
    void close() {
        closed = true;
        if (relay != null) {
            relay.close();
        }
        List<PeerConnection> all = List.copyOf(byPeer.values());
        if (all.isEmpty()) {
            super.close();
        }
        all.forEach(this::forget);
        all.forEach(PeerConnection::close);
    }
}
