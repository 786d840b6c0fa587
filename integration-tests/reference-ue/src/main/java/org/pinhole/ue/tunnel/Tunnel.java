package org.pinhole.ue.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TLS connection that reached the edge: CONNECT first where a proxy is configured, and TLS only after its 2xx (U-8). */
public final class Tunnel implements AutoCloseable {
    private final SSLSocket socket;
    private final Socket under;
    private final @Nullable ConnectReply connectReply;
    private final TlsFacts tls;

    private Tunnel(TlsHandshake.Shaken shaken, TcpTunnel over) {
        this.socket = shaken.socket();
        this.under = over.socket();
        this.connectReply = over.connectReply();
        this.tls = shaken.facts();
    }

    /**
     * Opens one; blocks until TLS stands or throws with one line of why not. Nothing stays open after a throw. Where the
     * handshake is cut off before a certificate came, a firewall may dislike our ALPN: TLS is tried once more without.
     */
    public static Tunnel open(TunnelRoute route) throws IOException {
        try {
            return once(route);
        } catch (TlsCutOff e) {
            if (route.applicationProtocols().isEmpty()) {
                throw e;
            }
            return withoutAlpn(route, e);
        }
    }

    private static Tunnel withoutAlpn(TunnelRoute route, TlsCutOff before) throws IOException {
        try {
            return once(route.offering(List.of()));
        } catch (TlsCutOff e) {
            throw new TunnelException(before.getMessage() + "; without ALPN too", e);
        }
    }

    private static Tunnel once(TunnelRoute route) throws IOException {
        TcpTunnel tcp = TcpTunnel.open(route.server(), route.proxy(), route.deadline());
        try {
            return new Tunnel(new TlsHandshake(route, InstantSource.system()).over(tcp.socket()), tcp);
        } catch (SocketTimeoutException e) {
            tcp.close();
            throw TcpTunnel.noAnswer(route.server(), route.deadline(), e);
        } catch (IOException | RuntimeException e) {
            tcp.close();
            throw e;
        }
    }

    /** The proxy's answer to CONNECT, or null when no proxy was asked. */
    @Nullable
    public ConnectReply connectReply() {
        return connectReply;
    }

    public TlsFacts tls() {
        return tls;
    }

    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    /**
     * Writes all of it, or ends the connection when that takes longer: who stops reading must not hold up a writer for
     * ever.
     */
    public void send(byte[] octets, Duration limit) throws IOException {
        try (Deadline end = Deadline.on(under, limit)) {
            write(octets, end, limit);
        }
    }

    private void write(byte[] octets, Deadline end, Duration limit) throws IOException {
        try {
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw end.passed()
                    ? new TunnelException("the far end has read nothing for " + limit.toSeconds() + " s", e)
                    : e;
        }
    }

    /** Our own end of the connection, as this machine sees it. */
    public HostPort localAddress() {
        return new HostPort(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
    }

    /** From now on a read that takes longer throws; zero lets it wait for ever. */
    public void limitReads(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
