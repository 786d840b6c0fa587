package org.pinhole.turn.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.pinhole.turn.relay.AcceptPause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a listener alive when no connection can be accepted, because descriptors have run out: it waits a second before it
 * tries again, says so once, and says once that it is over. Those who knock meanwhile wait in the kernel's queue.
 */
final class AcceptGuard extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptGuard.class);

    private final StreamCounts counts;
    private boolean troubled;

    AcceptGuard(StreamCounts counts) {
        this.counts = counts;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        if (troubled) {
            troubled = false;
            LOG.info("{}: connections are accepted again", context.channel().localAddress());
        }
        context.fireChannelRead(accepted);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error(
                    "{}: accepting failed for a reason of our own",
                    context.channel().localAddress(),
                    cause);
        } else if (!troubled) {
            troubled = true;
            LOG.warn(
                    "{}: no connection can be accepted ({}); raise the limit of open files (LimitNOFILE, ulimit -n)",
                    context.channel().localAddress(),
                    cause.getMessage());
        }
        counts.pauseAccepting();
        AcceptPause.begin(context.channel());
    }
}
