package org.pinhole.ue.outbound;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.TunnelException;

/** SIP over UDP: asks OPTIONS three times (RFC 3261 §17.1.2.2, timer E) and takes any answer. This UE looks, and registers over TLS. */
record UdpRung(HostPort server) implements Rung {
    private static final int[] WAITS_MILLIS = {500, 1000, 1500};
    private static final int LARGEST = 65_535;

    @Override
    public String name() {
        return "UDP " + server.port();
    }

    @Override
    public Tried attempt() throws IOException {
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            throw new TunnelException("host " + server.host() + " is unknown to this machine's resolver");
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(address);
            byte[] request = options(socket).getBytes(StandardCharsets.US_ASCII);
            for (int wait : WAITS_MILLIS) {
                socket.send(new DatagramPacket(request, request.length));
                socket.setSoTimeout(wait);
                String answer = answer(socket);
                if (!answer.isEmpty()) {
                    return new Tried(answer + "; this UE registers over TLS only", null);
                }
            }
            throw new TunnelException("no answer to OPTIONS");
        } catch (PortUnreachableException e) {
            throw new TunnelException("nobody listens there", e);
        }
    }

    private String options(DatagramSocket socket) {
        String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
        String us = new HostPort(socket.getLocalAddress().getHostAddress(), socket.getLocalPort()).authority();
        return String.join(
                "\r\n",
                "OPTIONS sip:" + server.authority() + " SIP/2.0",
                "Via: SIP/2.0/UDP " + us + ";branch=z9hG4bK" + id + ";rport",
                "Max-Forwards: 70",
                "From: <sip:ladder@" + us + ">;tag=" + id,
                "To: <sip:" + server.authority() + ">",
                "Call-ID: " + id,
                "CSeq: 1 OPTIONS",
                "Content-Length: 0",
                "",
                "");
    }

    /** The status line of what came, or nothing when nothing did. */
    private static String answer(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return "";
        }
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        return text.startsWith("SIP/2.0 ") ? text.lines().findFirst().orElse("") : "something that is not SIP";
    }
}
