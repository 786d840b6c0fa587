package org.pinhole.ue.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.XorMappedAddress;

/** Asks a server how it sees a socket that nobody reads yet (RFC 8489, Binding). Blocks. */
final class ReflexiveProbe {
    private static final int[] WAITS_MILLIS = {500, 1000, 2000};
    private static final int MAX_BYTES = 1500;

    private final RandomGenerator random;

    ReflexiveProbe(RandomGenerator random) {
        this.random = random;
    }

    InetSocketAddress ask(DatagramSocket socket, InetSocketAddress server) throws IOException {
        TransactionId id = TransactionId.random(random);
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.BINDING.request(), id).fingerprint();
        byte[] request = ByteBufUtil.getBytes(out);
        for (int wait : WAITS_MILLIS) {
            socket.send(new DatagramPacket(request, request.length, server));
            InetSocketAddress mapped = answer(socket, id, wait);
            if (mapped != null) {
                return mapped;
            }
        }
        throw new IOException("no answer to Binding from " + server);
    }

    private static @Nullable InetSocketAddress answer(DatagramSocket socket, TransactionId id, int waitMillis)
            throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        socket.setSoTimeout(waitMillis);
        try {
            socket.receive(packet);
            StunMessage message = StunMessage.decode(Unpooled.wrappedBuffer(packet.getData(), 0, packet.getLength()));
            XorMappedAddress mapped = message.find(XorMappedAddress.TYPE);
            return mapped == null || !message.transactionId().equals(id) ? null : mapped.address();
        } catch (SocketTimeoutException | StunException e) {
            return null;
        } finally {
            socket.setSoTimeout(0);
        }
    }
}
