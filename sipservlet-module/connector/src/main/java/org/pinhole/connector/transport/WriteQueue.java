package org.pinhole.connector.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The one write queue of a connection. Any thread adds, the connection's event loop writes, and flushes when nobody has
 * added more meanwhile: answers that follow each other closely share a TLS record and a system call, and a single one is
 * not held back.
 */
final class WriteQueue {
    /** Under a load that never pauses, flush after so many all the same: about what fills a TLS record. */
    private static final int MAX_UNFLUSHED = 32;

    private static final AtomicIntegerFieldUpdater<WriteQueue> UNWRITTEN =
            AtomicIntegerFieldUpdater.newUpdater(WriteQueue.class, "unwrittenBytes");

    private final Channel channel;
    /** On their way from other threads to the event loop, where Netty's own count does not see them. */
    private volatile int unwrittenBytes;

    private int unflushed;

    WriteQueue(Channel channel) {
        this.channel = channel;
    }

    /** Whether the phone has not read what is waiting for it already. */
    boolean isFull() {
        return !channel.isWritable() || unwrittenBytes > maxBytes();
    }

    /** What may wait to be written to this phone before it counts as not reading: what Netty's own count is held to. */
    int maxBytes() {
        return channel.config().getWriteBufferHighWaterMark();
    }

    /** Adds one message, which the caller leaves alone from now on. False when the event loop has ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write shows as exceptionCaught, and the connection ends
    boolean add(byte[] message) {
        if (channel.eventLoop().inEventLoop()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(message), channel.voidPromise());
            return true;
        }
        UNWRITTEN.addAndGet(this, message.length);
        try {
            channel.eventLoop().execute(() -> write(message));
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private void write(byte[] message) {
        channel.write(Unpooled.wrappedBuffer(message), channel.voidPromise());
        boolean last = UNWRITTEN.addAndGet(this, -message.length) == 0;
        if (last || ++unflushed == MAX_UNFLUSHED) {
            unflushed = 0;
            channel.flush();
        }
    }
}
