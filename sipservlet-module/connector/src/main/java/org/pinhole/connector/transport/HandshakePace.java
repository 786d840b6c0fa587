package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Network;

/**
 * Holds back what a phone sends until it is its handshake's turn (see {@link HandshakeTurns}). Stands before TLS, reads
 * nothing more while it holds something, and is taken out once the handshake is done.
 */
final class HandshakePace extends ChannelDuplexHandler {
    private final HandshakeTurns turns;
    private final List<Network> from;
    private final Holding holding;
    private final Consumer<Boolean> awaitsItsTurn;
    private final Queue<Object> held = new ArrayDeque<>(2);
    private boolean first = true;
    private boolean readWanted;
    private boolean waits;
    /** While it waits for its turn. */
    private @Nullable Runnable step;

    /**
     * For one connection.
     *
     * @param from where it comes from, from wide to narrow
     * @param awaitsItsTurn told when what it has said waits, and when it does no more
     */
    HandshakePace(HandshakeTurns turns, List<Network> from, Holding holding, Consumer<Boolean> awaitsItsTurn) {
        this.awaitsItsTurn = awaitsItsTurn;
        this.turns = turns;
        this.from = from;
        this.holding = holding;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        held.add(bytes);
        holding.change(((ByteBuf) bytes).capacity());
        if (held.size() == 1) {
            context.channel()
                    .config()
                    .setAutoRead(false); // else what arrives while it waits would all be read, and held
            boolean isFirst = first;
            first = false;
            Runnable next = () -> pass(context);
            step = next; // before it may be taken at once
            turns.take(from, isFirst, next);
            if (step != null) {
                waits = true;
                awaitsItsTurn.accept(true);
            }
        }
    }

    private void pass(ChannelHandlerContext context) {
        step = null;
        if (waits) {
            waits = false;
            awaitsItsTurn.accept(false);
        }
        context.channel().config().setAutoRead(true); // before a flow is made of it, whose own gate may say otherwise
        for (Object bytes = held.poll(); bytes != null; bytes = held.poll()) {
            holding.change(-((ByteBuf) bytes).capacity());
            context.fireChannelRead(bytes);
        }
        context.fireChannelReadComplete();
        if (readWanted) {
            readWanted = false;
            context.read();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        } else {
            readWanted = true;
        }
    }

    /** Not when it is taken out: that happens while it passes on what it holds, which then goes on. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (step != null) {
            turns.drop(from, step);
            step = null;
        }
        for (Object bytes = held.poll(); bytes != null; bytes = held.poll()) {
            holding.change(-((ByteBuf) bytes).capacity());
            ReferenceCountUtil.release(bytes);
        }
        context.fireChannelInactive();
    }
}
