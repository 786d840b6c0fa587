package org.pinhole.ue.turn;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;

/** A TCP stream to a peer through the relay: a client data connection, raw octets from its ConnectionBind on (RFC 6062 §4.3). */
public final class RelayedStream implements AutoCloseable {
    private final InetSocketAddress peer;
    private final StreamConnection connection;

    RelayedStream(InetSocketAddress peer, StreamConnection connection) {
        this.peer = peer;
        this.connection = connection;
    }

    public InetSocketAddress peer() {
        return peer;
    }

    public InputStream input() {
        return connection.in();
    }

    public OutputStream output() {
        return connection.out();
    }

    /** The proxy's answer to this connection's own CONNECT, or null when no proxy was asked. */
    @Nullable
    public ConnectReply connectReply() {
        return connection.connectReply();
    }

    /** What TLS agreed on, or null without TLS. */
    @Nullable
    public TlsFacts tls() {
        return connection.tls();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
