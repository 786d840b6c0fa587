package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Connects from one address of this machine to what it is told (RFC 6544: active). */
final class TcpActiveBase implements OpenBase {
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private final Connections connections = new Connections(this, this::dial);
    private final InetAddress local;

    TcpActiveBase(InetAddress local) {
        this.local = local;
    }

    private FramedConnection dial(InetSocketAddress peer) throws IOException {
        Socket socket = new Socket();
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

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public void start(Arrivals arrivals) {
        connections.start(arrivals);
    }

    @Override
    public void send(InetSocketAddress to, byte[] frame) {
        connections.send(to, frame);
    }

    @Override
    public void close() {
        connections.close();
    }
}
