package org.pinhole.connector.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.keepalive.FlowLife;

/**
 * Notices that a phone has sent nothing, not even a ping, for too long. Stands behind TLS: every byte counts as life, and
 * nothing that is sent to the phone does. Reading costs one look at the clock, and no timer is touched.
 */
final class SilenceWatch extends ChannelInboundHandlerAdapter {
    /** The event that says so, and says so again for as long as the silence lasts. */
    static final Object SILENT = new Object();

    private final LongSupplier nanoTime;
    private final long allowedNanos;
    private final FlowLife life;
    private @Nullable Future<?> timer;

    SilenceWatch(LongSupplier nanoTime, int allowedSeconds, FlowLife life) {
        this.life = life;
        this.nanoTime = nanoTime;
        this.allowedNanos = TimeUnit.SECONDS.toNanos(allowedSeconds);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        life.heard(nanoTime.getAsLong());
        check(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object piece) throws Exception {
        life.heard(nanoTime.getAsLong());
        super.channelRead(context, piece);
    }

    private void check(ChannelHandlerContext context) {
        long left = allowedNanos - (nanoTime.getAsLong() - life.lastHeard());
        boolean silent = left <= 0;
        timer = context.executor().schedule(() -> check(context), silent ? allowedNanos : left, TimeUnit.NANOSECONDS);
        if (silent) {
            context.fireUserEventTriggered(SILENT); // to nobody yet while the handshake goes on
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (timer != null) {
            timer.cancel(false);
        }
        super.channelInactive(context);
    }
}
