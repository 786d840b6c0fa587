package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A UDP socket on one address of this machine. What arrives goes where it was last {@link #start started} for. */
final class UdpBase implements OpenBase {
    private static final int MAX_BYTES = 65_535;

    private final DatagramSocket socket;
    private volatile @Nullable Arrivals arrivals;

    UdpBase(InetAddress local) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(local, 0));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Whether datagrams of this socket can go to an address: one of its own family. */
    boolean fits(InetSocketAddress other) {
        return socket.getLocalAddress().getClass() == other.getAddress().getClass();
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public synchronized void start(Arrivals to) {
        boolean reading = arrivals != null;
        arrivals = to;
        if (!reading) {
            Thread reader = new Thread(this::read, "ice-udp");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_BYTES);
                socket.receive(packet);
                deliver((InetSocketAddress) packet.getSocketAddress(), packet);
            } catch (IOException e) {
                // An ICMP error, which retransmission answers, or our own close.
            }
        }
    }

    private void deliver(InetSocketAddress from, DatagramPacket packet) {
        Arrivals to = arrivals;
        if (to != null) {
            to.arrived(this, from, Arrays.copyOf(packet.getData(), packet.getLength()));
        }
    }

    @Override
    public void send(InetSocketAddress to, byte[] frame) throws IOException {
        socket.send(new DatagramPacket(frame, frame.length, to));
    }

    @Override
    public void close() {
        socket.close();
    }
}
