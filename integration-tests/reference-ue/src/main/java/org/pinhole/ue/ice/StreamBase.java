package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A base of TCP connections, of this machine or of a relay; what is sent goes to the connection with that peer. */
abstract class StreamBase implements OpenBase {
    private final Connections connections;

    /**
     * A base without connections.
     *
     * @param dialer how a peer is connected to that is not yet; null for a base that is connected to only
     */
    StreamBase(Connections.@Nullable Dialer dialer) {
        this.connections = new Connections(this, dialer);
    }

    /** A connection that a peer made. Any thread. */
    final void accepted(InetSocketAddress peer, FramedConnection connection) {
        connections.add(peer, connection);
    }

    @Override
    public final boolean reliable() {
        return true;
    }

    @Override
    public void start(Arrivals arrivals) {
        connections.start(arrivals);
    }

    @Override
    public final void send(InetSocketAddress to, byte[] frame) {
        connections.send(to, frame);
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
