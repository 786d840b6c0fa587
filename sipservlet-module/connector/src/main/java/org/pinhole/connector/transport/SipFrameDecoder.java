package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.limit.Portion;

/**
 * Feeds one connection's bytes to its framer. After a refusal nothing that follows has a beginning: it is thrown away until
 * the connection closes. A message whose end does not come in time is a refusal too: whoever sends a header a minute shall
 * not hold a connection for ever.
 */
final class SipFrameDecoder extends ByteToMessageDecoder {
    private final SipFramer framer;
    private final int messageSeconds;
    private final Portion held;
    private final ConnectorCounters counters;
    private boolean failed;
    private @Nullable Future<?> deadline;

    SipFrameDecoder(Limits limits, Holding holding, ConnectorCounters counters) {
        this.framer = new SipFramer(limits.messages());
        this.messageSeconds = limits.deadlines().firstMessageSeconds();
        this.held = holding.portion();
        this.counters = counters;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object piece) throws Exception {
        counters.bytesIn(((ByteBuf) piece).readableBytes());
        try {
            super.channelRead(context, piece);
        } finally {
            held.is(internalBuffer().capacity()); // the buffer's room is what it costs, not what is in it
        }
    }

    private void fail(ChannelHandlerContext context, SipFormatException fault) {
        failed = true;
        context.fireExceptionCaught(fault);
    }

    /** The connection has ended: nothing of it stays until its deadline. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        held.is(0);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SipFormatException {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            @Nullable Frame frame = framer.next(in);
            if (frame != null) {
                out.add(frame);
            } else if (framer.isInsideMessage() && deadline == null) {
                watch(context);
            }
        } catch (SipFormatException notSip) {
            failed = true;
            throw notSip;
        }
    }

    /** One timer at a time, however many pieces a message comes in. */
    private void watch(ChannelHandlerContext context) {
        long before = framer.messages();
        deadline = context.executor()
                .schedule(
                        () -> {
                            deadline = null;
                            check(context, before);
                        },
                        messageSeconds,
                        TimeUnit.SECONDS);
    }

    private void check(ChannelHandlerContext context, long before) {
        if (failed || !framer.isInsideMessage() || !context.channel().isActive()) {
            return;
        }
        if (framer.messages() > before) {
            watch(context); // another one, which began later
            return;
        }
        fail(context, SipFormatException.unfinished("no end of a message within " + messageSeconds + " s"));
    }
}
