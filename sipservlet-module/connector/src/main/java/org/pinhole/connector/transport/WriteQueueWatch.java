package org.pinhole.connector.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Portion;

/**
 * The bound in time on a connection's write queue: a byte that the peer has not taken for so long means that it does not
 * read, or is gone, and so it does when others that were before it have gone meanwhile. Stands nearest to the socket. Costs nothing
 * as long as what is written goes out at once: only when something stays behind, an empty mark is queued after it, which must
 * come out in time, and another one after what has come in each quarter of that time. What stays behind for a stranger is
 * counted with what he leaves unfinished: who makes us answer and does not read fills memory as well.
 */
final class WriteQueueWatch extends ChannelOutboundHandlerAdapter {
    private static final int MARKS = 4;

    private final int seconds;
    private final Portion held;
    private @Nullable Future<?> nextMark;

    WriteQueueWatch(int seconds, Holding holding) {
        this.seconds = seconds;
        this.held = holding.portion();
    }

    @Override
    public void flush(ChannelHandlerContext context) throws Exception {
        super.flush(context);
        watch(context);
    }

    private void watch(ChannelHandlerContext context) {
        ChannelOutboundBuffer queue = context.channel().unsafe().outboundBuffer();
        long waiting = queue == null || queue.isEmpty() ? 0 : queue.totalPendingWriteBytes();
        held.is(held.isOfKnown() ? 0 : (int) waiting);
        if (waiting > 0 && nextMark == null) {
            mark(context);
        } else if (waiting == 0 && nextMark != null) {
            nextMark.cancel(false);
            nextMark = null;
        }
    }

    private void mark(ChannelHandlerContext context) {
        nextMark = context.executor()
                .schedule(
                        () -> {
                            nextMark = null;
                            watch(context);
                        },
                        TimeUnit.SECONDS.toMillis(seconds) / MARKS,
                        TimeUnit.MILLISECONDS);
        ChannelFuture mark = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
        Future<?> deadline = context.executor().schedule(() -> giveUp(context, mark), seconds, TimeUnit.SECONDS);
        mark.addListener(out -> {
            deadline.cancel(false);
            watch(context); // nothing may be waiting any more, or the connection is gone
        });
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
