package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ConnectionId;
import org.pinhole.turn.relay.StreamEnd;
import org.pinhole.turn.relay.StreamMeter;

/**
 * One peer's TCP connection with a relayed transport address (RFC 6062): in the making, pending until a ConnectionBind, then
 * joined with the client's data connection. Lives on the event loop of its allocation; {@link #bind} may be called on any.
 */
public final class PeerConnection implements StreamMeter {
    private final TcpAllocation allocation;
    private final InetSocketAddress peer;
    private final StreamEnd peerEnd;
    private @Nullable ConnectionId id;
    private long pendingUntil;
    private boolean bound;

    /** With a peer's end, which may not be connected yet. */
    PeerConnection(TcpAllocation allocation, InetSocketAddress peer, StreamEnd peerEnd) {
        this.allocation = allocation;
        this.peer = peer;
        this.peerEnd = peerEnd;
    }

    public Owner owner() {
        return allocation.owner();
    }

    /** Where the control connection's client is, whose nonces hold for the ConnectionBind too. */
    public InetSocketAddress controlClient() {
        return allocation.fiveTuple().client();
    }

    InetSocketAddress peer() {
        return peer;
    }

    /** The peer is connected; from now on a ConnectionBind may ask for it by {@code id}. */
    void pending(ConnectionId connectionId, long until) {
        id = connectionId;
        pendingUntil = until;
    }

    @Nullable
    ConnectionId id() {
        return id;
    }

    /** Joins it with the client's data connection; the connection may be gone by now, then that one is closed. */
    public void bind(StreamEnd client) {
        allocation.path().loop().execute(() -> {
            if (!allocation.holds(this)) {
                client.close();
                return;
            }
            bound = true;
            StreamEnd.join(peerEnd, client, this);
            allocation.bound(this);
        });
    }

    /** "If no ConnectionBind request … is received after 30 seconds, the peer data connection MUST be closed." */
    boolean isOverdue(long now) {
        return id != null && !bound && pendingUntil - now <= 0;
    }

    /** Of one in the making this is the end of the attempt, too. */
    void close() {
        peerEnd.close();
    }

    @Override
    public void toPeer(int bytes) {
        allocation.traffic().toPeer(bytes);
    }

    @Override
    public void toClient(int bytes) {
        allocation.traffic().toClient(bytes);
    }

    @Override
    public long pauseNanos(int bytes) {
        return allocation.share().pauseNanos(bytes);
    }
}
