package org.pinhole.ue.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.ue.loop.UeLoop;

/** Asks servers how they see our UDP sockets, until they answer (RFC 8489, Binding; RFC 8445 §5.1.1.4). Lives on the loop. */
final class ReflexiveProbe implements OpenBase.Arrivals {
    /** RFC 8445 §14.3: never less, and more only for ten servers or more. */
    static final Duration RTO = Duration.ofMillis(500);
    /** RFC 8489 §6.2.1, Rc. */
    private static final int SENDS = 7;

    private final UeLoop loop;
    private final RandomGenerator random;
    private final Map<TransactionId, CompletableFuture<InetSocketAddress>> asked = new HashMap<>();
    private boolean closed;

    ReflexiveProbe(UeLoop loop, RandomGenerator random) {
        this.loop = loop;
        this.random = random;
    }

    /** Asks for a base whose arrivals come here; the answer is the address that the server sees. */
    CompletableFuture<InetSocketAddress> ask(OpenBase base, InetSocketAddress server) {
        TransactionId id = TransactionId.random(random);
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.BINDING.request(), id).fingerprint();
        CompletableFuture<InetSocketAddress> mapped = new CompletableFuture<>();
        asked.put(id, mapped);
        send(base, server, ByteBufUtil.getBytes(out), mapped, 1);
        return mapped;
    }

    private void send(
            OpenBase base,
            InetSocketAddress to,
            byte[] request,
            CompletableFuture<InetSocketAddress> mapped,
            int number) {
        if (closed || mapped.isDone() || number > SENDS) {
            return;
        }
        try {
            base.send(to, request);
        } catch (IOException e) {
            mapped.completeExceptionally(e);
            return;
        }
        loop.schedule(RTO.multipliedBy(1L << (number - 1)), () -> send(base, to, request, mapped, number + 1));
    }

    @Override
    public void arrived(Base base, InetSocketAddress from, byte[] frame) {
        loop.execute(() -> answered(frame));
    }

    private void answered(byte[] frame) {
        try {
            StunMessage message = StunMessage.decode(Unpooled.wrappedBuffer(frame));
            XorMappedAddress mapped = message.find(XorMappedAddress.TYPE);
            CompletableFuture<InetSocketAddress> waiting = asked.get(message.transactionId());
            if (mapped != null && waiting != null) {
                waiting.complete(mapped.address());
            }
        } catch (StunException e) {
            // Somebody else's datagram: the answer may still come.
        }
    }

    @Override
    public void ended(Base base, InetSocketAddress peer, String reason) {
        // A UDP socket has no connections.
    }

    /** Nothing is sent any more. */
    void close() {
        closed = true;
    }
}
