package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Limits;

/**
 * Feeds one connection's bytes to its framer. After a refusal nothing that follows has a beginning: it is thrown away until
 * the connection closes. A message whose end does not come in time is a refusal too: whoever sends a header a minute shall
 * not hold a connection for ever.
 */
final class SipFrameDecoder extends ByteToMessageDecoder {
    private final SipFramer framer;
    private final int messageSeconds;
    private final ConnectorCounters counters;
    private boolean failed;
    private boolean watched;

    SipFrameDecoder(Limits limits, ConnectorCounters counters) {
        this.framer = new SipFramer(limits.messages());
        this.messageSeconds = limits.deadlines().firstMessageSeconds();
        this.counters = counters;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object piece) throws Exception {
        counters.bytesIn(((ByteBuf) piece).readableBytes());
        super.channelRead(context, piece);
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
            } else if (framer.isInsideMessage() && !watched) {
                watch(context);
            }
        } catch (SipFormatException notSip) {
            failed = true;
            throw notSip;
        }
    }

    /** One timer at a time, however many pieces a message comes in. */
    @SuppressWarnings("FutureReturnValueIgnored") // it finds a closed connection as it left it
    private void watch(ChannelHandlerContext context) {
        watched = true;
        long before = framer.messages();
        context.executor()
                .schedule(
                        () -> {
                            watched = false;
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
        failed = true;
        context.fireExceptionCaught(SipFormatException.notSip("no end of a message within " + messageSeconds + " s"));
    }
}
