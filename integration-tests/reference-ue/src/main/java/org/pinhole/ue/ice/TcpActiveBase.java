package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;

/** Connects from one address of this machine to what it is told (RFC 6544: active). */
final class TcpActiveBase extends StreamBase {
    private static final Duration CONNECT = Duration.ofSeconds(15);

    TcpActiveBase(InetAddress local) {
        super(peer -> dial(local, peer));
    }

    private static FramedConnection dial(InetAddress local, InetSocketAddress peer) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.bind(new InetSocketAddress(local, 0));
            socket.setTcpNoDelay(true);
            socket.connect(peer, (int) CONNECT.toMillis());
            return new FramedConnection(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
