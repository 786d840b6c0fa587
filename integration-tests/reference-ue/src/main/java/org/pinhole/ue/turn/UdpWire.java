package org.pinhole.ue.turn;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.pinhole.ue.tunnel.HostPort;

/** One frame per datagram (RFC 8489 §6.2.1). */
final class UdpWire implements TurnWire {
    private static final int MAX_DATAGRAM_BYTES = 65535;

    private final DatagramSocket socket;

    private UdpWire(DatagramSocket socket) {
        this.socket = socket;
    }

    static UdpWire open(HostPort server) throws IOException {
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            throw new TurnException("host " + server.host() + " is unknown to this machine's resolver");
        }
        DatagramSocket socket = new DatagramSocket();
        try {
            socket.connect(address);
            return new UdpWire(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw new TurnException("cannot send to " + server + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void start(Listener listener) {
        Thread reader = new Thread(() -> read(listener), "turn-udp");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Listener listener) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_DATAGRAM_BYTES);
                socket.receive(packet);
                listener.frame(Arrays.copyOf(packet.getData(), packet.getLength()));
            } catch (IOException e) {
                // An ICMP error of an earlier datagram, which retransmission answers, or our own close.
            }
        }
        listener.ended("the socket was closed");
    }

    @Override
    public void send(byte[] frame) throws IOException {
        socket.send(new DatagramPacket(frame, frame.length));
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public void close() {
        socket.close();
    }
}
