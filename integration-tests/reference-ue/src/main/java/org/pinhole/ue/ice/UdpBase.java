package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A UDP socket on one address of this machine. */
final class UdpBase implements OpenBase {
    private static final int MAX_BYTES = 65_535;

    private final DatagramSocket socket;

    UdpBase(InetAddress local) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(local, 0));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Our address as that server sees it; before {@link #start} only. */
    InetSocketAddress reflexive(ReflexiveProbe probe, InetSocketAddress server) throws IOException {
        return probe.ask(socket, server);
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public void start(Arrivals arrivals) {
        Thread reader = new Thread(() -> read(arrivals), "ice-udp");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Arrivals arrivals) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_BYTES);
                socket.receive(packet);
                arrivals.arrived(
                        this,
                        (InetSocketAddress) packet.getSocketAddress(),
                        Arrays.copyOf(packet.getData(), packet.getLength()));
            } catch (IOException e) {
                // An ICMP error, which retransmission answers, or our own close.
            }
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
