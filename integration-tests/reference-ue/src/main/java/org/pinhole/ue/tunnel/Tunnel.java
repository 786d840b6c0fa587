package org.pinhole.ue.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TLS connection that reached the edge: CONNECT first where a proxy is configured, and TLS only after its 2xx (U-8). */
public final class Tunnel implements AutoCloseable {
    private final SSLSocket socket;
    private final @Nullable ConnectReply connectReply;
    private final TlsFacts tls;

    private Tunnel(TlsHandshake.Shaken shaken, @Nullable ConnectReply connectReply) {
        this.socket = shaken.socket();
        this.connectReply = connectReply;
        this.tls = shaken.facts();
    }

    /** Opens one; blocks until TLS stands or throws with one line of why not. Nothing stays open after a throw. */
    public static Tunnel open(TunnelRoute route) throws IOException {
        TcpTunnel tcp = TcpTunnel.open(route.server(), route.proxy(), route.deadline());
        try {
            return new Tunnel(new TlsHandshake(route, InstantSource.system()).over(tcp.socket()), tcp.connectReply());
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
