package org.pinhole.ue.turn;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TcpTunnel;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.tunnel.Tunnel;

/** A TCP or TLS connection to a TURN server, by a CONNECT of its own where a proxy is set (U-9). */
interface StreamConnection extends Closeable {
    InputStream in();

    OutputStream out();

    /** From now on a read that takes longer throws; zero lets it wait for ever. */
    void limitReads(Duration limit) throws IOException;

    default @Nullable ConnectReply connectReply() {
        return null;
    }

    default @Nullable TlsFacts tls() {
        return null;
    }

    /** This machine's end of it. */
    default @Nullable InetAddress localAddress() {
        return null;
    }

    /** Opens one, in clear or over TLS as the route's URI says. */
    static StreamConnection open(TurnRoute route) throws IOException {
        return route.uri().transport() == TurnTransport.TLS ? overTls(route) : inClear(route);
    }

    private static StreamConnection overTls(TurnRoute route) throws IOException {
        Tunnel tunnel = Tunnel.open(route.tls());
        return new Opened(
                tunnel::close,
                tunnel.input(),
                tunnel.output(),
                tunnel::limitReads,
                tunnel.connectReply(),
                tunnel.tls(),
                InetAddress.getByName(tunnel.localAddress().host())); // a literal: nobody is asked
    }

    private static StreamConnection inClear(TurnRoute route) throws IOException {
        TcpTunnel tunnel = TcpTunnel.open(route.uri().server(), route.proxy(), route.deadline());
        return new Opened(
                tunnel::close,
                tunnel.input(),
                tunnel.output(),
                tunnel::limitReads,
                tunnel.connectReply(),
                null,
                tunnel.localAddress());
    }

    /** How a tunnel bounds its reads. */
    interface ReadLimit {
        void limit(Duration time) throws IOException;
    }

    /** One that stands. */
    record Opened(
            Closeable closeable,
            @Override InputStream in,
            @Override OutputStream out,
            ReadLimit readLimit,
            @Override @Nullable ConnectReply connectReply,
            @Override @Nullable TlsFacts tls,
            @Override @Nullable InetAddress localAddress)
            implements StreamConnection {
        @Override
        public void limitReads(Duration limit) throws IOException {
            readLimit.limit(limit);
        }

        @Override
        public void close() throws IOException {
            closeable.close();
        }
    }
}
