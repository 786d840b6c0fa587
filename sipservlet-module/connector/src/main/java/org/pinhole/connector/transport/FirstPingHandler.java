package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Portion;

/**
 * Tells a ping that a connection in the clear begins with from a PROXY protocol header of version 2, whose first four bytes are
 * one. A proxy whose header is cut there and that were sent a pong would hand it to the phone: what comes from where proxies are
 * is kept until the next byte comes, or for a moment, which is no more than a tenth of what a phone waits for its pong. From
 * anywhere else a ping is one when its fourth byte is there, and is answered at once (RFC 5626 §4.4.1). Stands before the frames,
 * and goes as soon as it knows.
 */
final class FirstPingHandler extends ByteToMessageDecoder {
    /** Longer than TCP takes to send a lost piece again. */
    static final int MOMENT_MILLIS = 1000;

    /** A ping, and what no SIP message begins with. */
    private static final byte[] HEADER_BEGINS = {'\r', '\n', '\r', '\n', 0};

    private static final int PING_OCTETS = 4;

    private final Portion held;
    private final boolean fromProxies;
    private @Nullable Future<?> moment;
    private boolean refused;

    /**
     * For one connection.
     *
     * @param holding what the connection holds: for a moment, a buffer with a few bytes
     * @param fromProxies whether a proxy may be at its other end: one that is listed, and took this connector for another
     */
    FirstPingHandler(Holding holding, boolean fromProxies) {
        this.held = holding.portion();
        this.fromProxies = fromProxies;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        super.channelRead(context, bytes);
        if (!context.isRemoved()) {
            held.is(Pinned.by(internalBuffer()));
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int looked = 0;
        while (looked < Math.min(HEADER_BEGINS.length, in.readableBytes())
                && in.getByte(in.readerIndex() + looked) == HEADER_BEGINS[looked]) {
            looked++;
        }
        if (refused || looked == HEADER_BEGINS.length) {
            in.skipBytes(in.readableBytes());
            refuse(context);
        } else if (looked < in.readableBytes() || (looked == PING_OCTETS && !fromProxies)) {
            context.pipeline().remove(this);
        } else if (moment == null) {
            moment = context.executor()
                    .schedule(() -> context.pipeline().remove(this), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void refuse(ChannelHandlerContext context) {
        if (!refused) {
            refused = true;
            cancel();
            context.fireExceptionCaught(SipFormatException.proxyHeader());
        }
    }

    /** It knows, or the connection is gone. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        held.is(0);
        cancel();
    }

    private void cancel() {
        if (moment != null) {
            moment.cancel(false);
        }
    }
}
