package org.pinhole.suite.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP proxy on loopback that knows CONNECT only and, like squid with {@code deny CONNECT !SSL_ports}, lets it go
 * to the given ports only. Names are looked up in the given table first, as squid does in its hosts file. It asks for
 * nothing, or for a user and a password by Basic, filters nothing, and carries at most {@value #MAX_TUNNELS} tunnels at once.
 */
public final class ConnectProxy implements AutoCloseable {
    static final int MAX_TUNNELS = 16;

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int CONNECT_TIMEOUT_MS = 5000;
    private static final int REQUEST_TIMEOUT_MS = 5000;

    private final Set<Integer> allowedPorts;
    private final Map<String, InetAddress> hosts;
    private final @Nullable String authorization;
    private final ServerSocket server;
    private final Semaphore tunnels = new Semaphore(MAX_TUNNELS);
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * MAX_TUNNELS + 2, task -> {
        Thread thread = new Thread(task, "connect-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<LoggedAccess> log = new CopyOnWriteArrayList<>();

    /** Listens on a free port at once. */
    public ConnectProxy(Set<Integer> allowedPorts, Map<String, InetAddress> hosts) throws IOException {
        this(allowedPorts, hosts, null);
    }

    /** The same that lets in only who says this user and this password (RFC 7617). */
    public static ConnectProxy asking(
            Set<Integer> allowedPorts, Map<String, InetAddress> hosts, String user, String password)
            throws IOException {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ConnectProxy(
                allowedPorts, hosts, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private ConnectProxy(Set<Integer> allowedPorts, Map<String, InetAddress> hosts, @Nullable String authorization)
            throws IOException {
        this.allowedPorts = Set.copyOf(allowedPorts);
        this.hosts = Map.copyOf(hosts);
        this.authorization = authorization;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Every CONNECT so far, in the order in which they were answered. */
    public List<AccessLogEntry> accessLog() {
        return log.stream().map(LoggedAccess::entry).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                if (tunnels.tryAcquire()) {
                    threads.execute(() -> serve(client));
                } else {
                    reply(client, "?", 503, "Service Unavailable");
                    close(client);
                }
            }
        } catch (IOException e) {
            // Closed: nothing more to accept.
        }
    }

    private void serve(Socket client) {
        Socket target = null;
        try {
            client.setSoTimeout(REQUEST_TIMEOUT_MS);
            ConnectRequest request = ConnectRequest.read(client.getInputStream());
            client.setSoTimeout(0);
            target = request == null ? refuse(client, "?", 405, "Method Not Allowed") : dial(client, request);
            if (target != null && request != null) {
                LoggedAccess access = reply(client, request.target(), 200, "Connection established");
                Socket far = target;
                threads.execute(() -> carry(far, client, access, false));
                carry(client, far, access, true);
            }
        } catch (IOException e) {
            // The client left; its log line, if any, stays.
        } finally {
            close(client);
            close(target);
            tunnels.release();
        }
    }

    private @Nullable Socket dial(Socket client, ConnectRequest request) throws IOException {
        if (authorization != null && !authorization.equals(request.authorization())) {
            return refuse(client, request.target(), PROXY_AUTHENTICATION_REQUIRED, "Proxy Authentication Required");
        }
        if (!allowedPorts.contains(request.port())) {
            return refuse(client, request.target(), 403, "Forbidden");
        }
        InetAddress known = hosts.get(request.host());
        InetSocketAddress address = known == null
                ? new InetSocketAddress(request.host(), request.port())
                : new InetSocketAddress(known, request.port());
        Socket target = new Socket();
        try {
            target.setTcpNoDelay(true);
            target.connect(address, CONNECT_TIMEOUT_MS);
            open.add(target);
            return target;
        } catch (IOException e) {
            target.close();
            return refuse(client, request.target(), 503, "Service Unavailable");
        }
    }

    private @Nullable Socket refuse(Socket client, String target, int status, String reason) throws IOException {
        reply(client, target, status, reason);
        return null;
    }

    private LoggedAccess reply(Socket client, String target, int status, String reason) throws IOException {
        LoggedAccess access = new LoggedAccess(target, status);
        log.add(access);
        String fields = status == 200 ? "" : "Content-Length: 0\r\nConnection: close\r\n";
        if (status == PROXY_AUTHENTICATION_REQUIRED) {
            fields += "Proxy-Authenticate: Basic realm=\"proxy\"\r\n";
        }
        String head = "HTTP/1.1 " + status + " " + reason + "\r\n" + fields + "\r\n";
        client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        return access;
    }

    private void carry(Socket from, Socket to, LoggedAccess access, boolean up) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                access.count(n, up);
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // One side is gone, which ends both, as with half_closed_clients off.
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(@Nullable Socket socket) {
        if (socket == null) {
            return;
        }
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(this::close);
        threads.shutdownNow();
    }
}
