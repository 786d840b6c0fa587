package org.pinhole.ue.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A TCP connection to a server, by a CONNECT of its own where a proxy is configured (U-8, U-9). What follows is the caller's. */
public final class TcpTunnel implements AutoCloseable {
    private final Socket socket;
    private final @Nullable ConnectReply connectReply;

    private TcpTunnel(Socket socket, @Nullable ConnectReply connectReply) {
        this.socket = socket;
        this.connectReply = connectReply;
    }

    /** Opens one; blocks until it stands or throws with one line of why not. Nothing stays open after a throw. */
    public static TcpTunnel open(HostPort server, @Nullable HttpProxy proxy, Duration deadline) throws IOException {
        try {
            if (proxy == null) {
                return new TcpTunnel(connect(server, deadline), null);
            }
            return throughProxy(proxy, server, deadline);
        } catch (SocketTimeoutException e) {
            throw noAnswer(server, deadline, e);
        }
    }

    static TunnelException noAnswer(HostPort server, Duration deadline, SocketTimeoutException e) {
        return new TunnelException("no answer from " + server + " within " + deadline.toSeconds() + " s", e);
    }

    private static TcpTunnel throughProxy(HttpProxy proxy, HostPort server, Duration deadline) throws IOException {
        HttpConnect connect = new HttpConnect(InstantSource.system(), deadline);
        BasicCredentials credentials = proxy.credentials();
        Socket socket = connect(proxy.address(), deadline);
        try {
            ConnectReply reply = connect.ask(socket, server, null);
            boolean again = reply.status() == 407 && credentials != null && offersBasic(reply);
            if (again) {
                // On a new connection: after a 407 some proxies close, and none is obliged to keep this one.
                socket.close();
                socket = connect(proxy.address(), deadline);
                reply = connect.ask(socket, server, credentials);
            }
            if (!reply.tunnel()) {
                throw ConnectRefused.of(proxy.address(), server, reply, again);
            }
            socket.setSoTimeout(0);
            return new TcpTunnel(socket, reply);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket connect(HostPort address, Duration deadline) throws IOException {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw new TunnelException("host " + address.host() + " is unknown to this machine's resolver");
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(resolved, (int) deadline.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new TunnelException("cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    private static boolean offersBasic(ConnectReply reply) {
        return reply.all("Proxy-Authenticate").stream()
                .anyMatch(value -> value.regionMatches(true, 0, "Basic", 0, "Basic".length()));
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
