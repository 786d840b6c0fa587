package org.pinhole.ue.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.MessageType;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.turn.TurnTransport;
import org.pinhole.ue.turn.TurnUri;

/**
 * A test double: a STUN server on loopback that sees everybody at one address, as if there were a NAT before it, and that
 * gives nobody a relay.
 */
final class StunDouble implements AutoCloseable {
    private static final ErrorCode NO_RELAY = new ErrorCode(403, "no relays here");

    private final DatagramSocket socket;
    private final InetSocketAddress seen;

    StunDouble(InetSocketAddress seen) throws IOException {
        this.seen = seen;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::serve, "stun-double");
        thread.setDaemon(true);
        thread.start();
    }

    TurnUri uri() {
        return new TurnUri(new HostPort("127.0.0.1", socket.getLocalPort()), TurnTransport.UDP);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        try {
            while (true) {
                packet.setLength(1500);
                socket.receive(packet);
                answer(packet);
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void answer(DatagramPacket packet) throws IOException {
        try {
            StunMessage request = StunMessage.decode(Unpooled.wrappedBuffer(packet.getData(), 0, packet.getLength()));
            if (request.type().equals(StunMethod.BINDING.request())) {
                answer(packet, request.type().success(), request, new XorMappedAddress(seen));
            } else if (request.type().equals(StunMethod.ALLOCATE.request())) {
                answer(packet, request.type().error(), request, NO_RELAY);
            }
        } catch (StunException e) {
            // Not for us.
        }
    }

    private void answer(DatagramPacket to, MessageType type, StunMessage request, Attribute with) throws IOException {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, type, request.transactionId()).add(with).fingerprint();
        byte[] octets = ByteBufUtil.getBytes(out);
        socket.send(new DatagramPacket(octets, octets.length, to.getSocketAddress()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
