package org.pinhole.ue.tunnel;

import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One CONNECT with all that it takes: challenges answered, on the same connection where the proxy keeps it, else on a new one. */
final class ProxyDialogue {
    private final HttpProxy proxy;
    private final HostPort target;
    private final Duration deadline;
    private final HttpConnect connect;
    private final ProxyAuthorization authorization;
    private @Nullable Socket socket;

    ProxyDialogue(HttpProxy proxy, HostPort target, Duration deadline) {
        this.proxy = proxy;
        this.target = target;
        this.deadline = deadline;
        this.connect = new HttpConnect(InstantSource.system(), deadline);
        SecureRandom random = new SecureRandom();
        this.authorization = new ProxyAuthorization(proxy, target, () -> {
            byte[] octets = new byte[16];
            random.nextBytes(octets);
            return HexFormat.of().formatHex(octets);
        });
    }

    /** The proxy's 2xx, and the connection that it made a tunnel. Nothing stays open after a throw. */
    TcpTunnel open() throws IOException {
        try {
            ConnectReply reply = connect.ask(connection(), target, null);
            for (String answer = authorization.answer(reply); answer != null; answer = authorization.answer(reply)) {
                reply = ask(reply, answer);
            }
            if (!reply.tunnel()) {
                throw ConnectRefused.of(proxy.address(), target, reply, authorization.tried());
            }
            Socket open = connection();
            open.setSoTimeout(0);
            return new TcpTunnel(open, reply);
        } catch (IOException | RuntimeException e) {
            drop();
            throw e;
        }
    }

    private ConnectReply ask(ConnectReply challenge, String answer) throws IOException {
        if (connect.keptOpen(connection(), challenge)) {
            try {
                return connect.ask(connection(), target, answer);
            } catch (TunnelException e) {
                throw e;
            } catch (IOException e) {
                // It said that it would keep the connection, and closed it all the same.
            }
        }
        if (authorization.boundToConnection()) {
            throw new TunnelException("proxy " + proxy.address() + " closed the connection in the middle of "
                    + answer.replaceFirst(" .*", "") + ", which has to stay on one");
        }
        drop();
        return connect.ask(connection(), target, answer);
    }

    private Socket connection() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = TcpTunnel.connect(proxy.address(), deadline);
            socket = open;
        }
        return open;
    }

    private void drop() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
