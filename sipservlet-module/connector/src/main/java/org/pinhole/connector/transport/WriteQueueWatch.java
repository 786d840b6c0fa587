package org.pinhole.connector.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.pinhole.connector.limit.Holding;

/**
 * The bound in time on a connection's write queue: bytes that the peer has not taken for so long mean that it does not
 * read, or is gone. Stands nearest to the socket. Costs nothing as long as what is written goes out at once: only when
 * something stays behind, an empty mark is queued after it, which must come out in time. What stays behind for a stranger is
 * counted with what he leaves unfinished: who makes us answer and does not read fills memory as well.
 */
final class WriteQueueWatch extends ChannelOutboundHandlerAdapter {
    private final int seconds;
    private final Holding holding;
    private boolean watching;
    private int counted;

    WriteQueueWatch(int seconds, Holding holding) {
        this.seconds = seconds;
        this.holding = holding;
    }

    @Override
    public void flush(ChannelHandlerContext context) throws Exception {
        super.flush(context);
        watch(context);
    }

    private void watch(ChannelHandlerContext context) {
        ChannelOutboundBuffer queue = context.channel().unsafe().outboundBuffer();
        long waiting = queue == null || queue.isEmpty() ? 0 : queue.totalPendingWriteBytes();
        count(holding.isKnown() ? 0 : waiting);
        if (waiting == 0 || watching) {
            return;
        }
        watching = true;
        ChannelFuture mark = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
        Future<?> deadline = context.executor().schedule(() -> giveUp(context, mark), seconds, TimeUnit.SECONDS);
        mark.addListener(out -> {
            deadline.cancel(false);
            watching = false;
            if (out.isSuccess()) {
                watch(context); // what was written meanwhile may be waiting now
            }
        });
    }

    private void count(long octets) {
        int change = (int) octets - counted;
        counted += change;
        holding.change(change);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
    private void giveUp(ChannelHandlerContext context, ChannelFuture mark) {
        if (mark.isDone()) {
            return;
        }
        context.fireUserEventTriggered(
                new NotRead("the phone does not read: bytes have been waiting for " + seconds + " s"));
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0); // the kernel need not keep them either
        context.close();
    }

    /** Told to the stations behind before the connection is closed. */
    static final class NotRead {
        private final String words;

        NotRead(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
