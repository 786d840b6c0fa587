package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Listens on one address of this machine (RFC 6544: passive). */
final class TcpPassiveBase extends StreamBase {
    private static final int BACKLOG = 16;

    private final ServerSocket listener;

    TcpPassiveBase(InetAddress local) throws IOException {
        super(null);
        this.listener = new ServerSocket(0, BACKLOG, local);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void start(Arrivals arrivals) {
        super.start(arrivals);
        Thread acceptor = new Thread(this::accept, "ice-accept");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
                accepted(peer, new FramedConnection(socket.getInputStream(), socket.getOutputStream(), socket));
            } catch (IOException e) {
                // A peer that left again, or our own close.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        super.close();
    }
}
