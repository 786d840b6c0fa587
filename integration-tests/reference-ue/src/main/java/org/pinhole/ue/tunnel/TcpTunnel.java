package org.pinhole.ue.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A TCP connection to a server, by a CONNECT of its own where a proxy is configured (U-8, U-9). What follows is the caller's. */
public final class TcpTunnel implements AutoCloseable {
    private final Socket socket;
    private final @Nullable ConnectReply connectReply;

    TcpTunnel(Socket socket, @Nullable ConnectReply connectReply) {
        this.socket = socket;
        this.connectReply = connectReply;
    }

    /** Opens one; blocks until it stands or throws with one line of why not. Nothing stays open after a throw. */
    public static TcpTunnel open(HostPort server, @Nullable HttpProxy proxy, Duration deadline) throws IOException {
        try {
            if (proxy == null) {
                return new TcpTunnel(connect(server, deadline), null);
            }
            return new ProxyDialogue(proxy, server, deadline).open();
        } catch (SocketTimeoutException e) {
            throw noAnswer(server, deadline, e);
        }
    }

    static TunnelException noAnswer(HostPort server, Duration deadline, SocketTimeoutException e) {
        return new TunnelException("no answer from " + server + " within " + deadline.toSeconds() + " s", e);
    }

    static Socket connect(HostPort address, Duration deadline) throws IOException {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw new TunnelException("host " + address.host() + " is unknown to this machine's resolver");
        }
        Socket socket = new Socket(Proxy.NO_PROXY); // the one that was chosen, and no SOCKS of the system's besides
        try {
            socket.setTcpNoDelay(true);
            socket.connect(resolved, (int) deadline.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new TunnelException("cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    /** The proxy's answer to CONNECT, or null when no proxy was asked. */
    @Nullable
    public ConnectReply connectReply() {
        return connectReply;
    }

    Socket socket() {
        return socket;
    }

    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    /** Our own end of the connection. */
    public InetAddress localAddress() {
        return socket.getLocalAddress();
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
