package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.transport.ConnectorCounters.Closed;

/**
 * Lets whole TLS records through, and keeps the beginning of one until its end has come: so what strangers leave unfinished is
 * held in one place, where it is counted and timed, and in no more memory than it needs, while the buffers for reading go back at once.
 * Stands before the TLS engine; on the event loop. Owns what it keeps.
 */
final class WholeRecords extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 5;
    /** The longest that there is: 2^14 octets and what TLS 1.2 may add to them (RFC 5246 §6.2.3). */
    private static final int LONGEST = 16 * 1024 + 2048;

    private final Holding holding;
    private final int seconds;
    private @Nullable ByteBuf begun;
    private long wholeOnes;
    private @Nullable Future<?> deadline;
    /** What is no record goes on as it is: the engine has the alert for it. */
    private boolean broken;

    /** @param seconds what one of them may take on a flow; a handshake has a deadline of its own */
    WholeRecords(Holding holding, int seconds) {
        this.holding = holding;
        this.seconds = seconds;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object piece) {
        ByteBuf bytes = (ByteBuf) piece;
        try {
            if (begun != null) {
                complete(context, bytes);
            }
            if (begun == null && bytes.isReadable()) {
                pass(context, bytes);
            }
        } finally {
            bytes.release();
        }
    }

    /** Goes on with the record that has begun. */
    private void complete(ChannelHandlerContext context, ByteBuf bytes) {
        take(bytes, HEADER);
        if (begun != null && begun.readableBytes() >= HEADER) {
            int length = lengthAt(begun, begun.readerIndex());
            take(bytes, length);
            if (begun.readableBytes() >= length || broken) {
                ByteBuf whole = begun;
                begun = null;
                wholeOnes++;
                holding.change(-whole.capacity());
                context.fireChannelRead(whole);
            }
        }
    }

    /** Until so many octets of it are there, or no more. */
    private void take(ByteBuf bytes, int wanted) {
        ByteBuf record = begun;
        if (record != null) {
            int before = record.capacity();
            record.writeBytes(bytes, Math.min(bytes.readableBytes(), Math.max(0, wanted - record.readableBytes())));
            holding.change(record.capacity() - before);
        }
    }

    /** Lets what is whole through, and begins with the rest. */
    private void pass(ChannelHandlerContext context, ByteBuf bytes) {
        int whole = 0;
        while (!broken && bytes.readableBytes() >= whole + HEADER) {
            int length = lengthAt(bytes, bytes.readerIndex() + whole);
            if (bytes.readableBytes() < whole + length) {
                break;
            }
            whole += length;
        }
        if (broken) {
            whole = bytes.readableBytes();
        }
        ByteBuf rest = null;
        if (whole < bytes.readableBytes()) {
            int left = bytes.readableBytes() - whole;
            rest = context.alloc().directBuffer(left).writeBytes(bytes, bytes.readerIndex() + whole, left);
            holding.change(rest.capacity());
        }
        begun = rest;
        if (rest != null && deadline == null) {
            watch(context);
        }
        if (rest == null) {
            context.fireChannelRead(bytes.retain());
        } else if (whole > 0) {
            context.fireChannelRead(bytes.readRetainedSlice(whole));
        }
    }

    private int lengthAt(ByteBuf bytes, int index) {
        int length = HEADER + bytes.getUnsignedShort(index + HEADER - 2);
        broken |= length > HEADER + LONGEST;
        return length;
    }

    /** One timer at a time, however many records come in pieces: what is whole in time costs none. */
    private void watch(ChannelHandlerContext context) {
        long before = wholeOnes;
        deadline = context.executor()
                .schedule(
                        () -> {
                            deadline = null;
                            check(context, before);
                        },
                        seconds,
                        TimeUnit.SECONDS);
    }

    private void check(ChannelHandlerContext context, long before) {
        if (begun == null) {
            return;
        }
        if (wholeOnes > before) {
            watch(context); // another one, which began later
        } else {
            context.fireUserEventTriggered(
                    new Ending(Closed.MALFORMED, "no end of a TLS record within " + seconds + " s"));
        }
    }

    /** The connection is gone. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        ByteBuf record = begun;
        begun = null;
        if (record != null) {
            holding.change(-record.capacity());
            record.release();
        }
    }
}
