package org.pinhole.ue.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.pinhole.stun.MessageType;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.turn.TurnTransport;
import org.pinhole.ue.turn.TurnUri;

/** A test double: a STUN server on loopback that sees everybody at one address, as if there were a NAT before it. */
final class StunDouble implements AutoCloseable {
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
                ByteBuf out = Unpooled.buffer();
                StunEncoder.start(out, new MessageType(StunMethod.BINDING, StunClass.SUCCESS), request.transactionId())
                        .add(new XorMappedAddress(seen))
                        .fingerprint();
                byte[] octets = ByteBufUtil.getBytes(out);
                socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
            }
        } catch (StunException e) {
            // Not for us.
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
