package org.pinhole.connector.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one write queue of a connection. Any thread adds, the connection's event loop writes all that is there when it looks, and
 * flushes once: messages that follow each other closely share a TLS record and a system call.
 */
final class WriteQueue {
    /** Under a load that never pauses, flush after so many all the same: about what fills a TLS record. */
    private static final int MAX_UNFLUSHED = 32;

    /** So many octets fill one (RFC 8446 §5.1), and nothing is won by waiting for more. */
    private static final int RECORD_BYTES = 16 * 1024;

    private final Channel channel;
    private final HandOver handOver;
    /** On their way from other threads to the event loop, where Netty's own count does not see them. */
    private @Nullable Message first;

    private @Nullable Message last;
    private volatile int unwrittenBytes;
    /** Whether the event loop knows that there are some. */
    private boolean announced;

    /** One that waits, and which one behind it. */
    private static final class Message {
        private final byte[] bytes;
        private @Nullable Message behind;

        Message(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** @param handOver that of the connection's event loop */
    WriteQueue(Channel channel, HandOver handOver) {
        this.channel = channel;
        this.handOver = handOver;
    }

    Channel channel() {
        return channel;
    }

    /** Whether the phone has not read what is waiting for it already. */
    boolean isFull() {
        return !channel.isWritable() || unwrittenBytes > maxBytes();
    }

    /** What may wait to be written to this phone before it counts as not reading: what Netty's own count is held to. */
    int maxBytes() {
        return channel.config().getWriteBufferHighWaterMark();
    }

    /** Adds one message, which the caller leaves alone from now on. Any thread. False when the event loop has ended. */
    boolean add(byte[] message) {
        int bytes;
        boolean news;
        synchronized (this) {
            append(new Message(message));
            unwrittenBytes += message.length;
            bytes = unwrittenBytes;
            news = !announced;
            announced = true;
        }
        if (news) {
            handOver.add(this);
        }
        return handOver.call(bytes >= RECORD_BYTES);
    }

    private void append(Message message) {
        if (last == null) {
            first = message;
        } else {
            last.behind = message;
        }
        last = message;
    }

    /** Takes the next one out. */
    private synchronized byte @Nullable [] poll() {
        Message next = first;
        if (next == null) {
            return null;
        }
        first = next.behind;
        last = first == null ? null : last;
        unwrittenBytes -= next.bytes.length;
        return next.bytes;
    }

    /** Whether there is more, for which the event loop has to look again; else who adds next announces it again. */
    private synchronized boolean goesOn() {
        announced = first != null;
        return announced;
    }

    /** Writes what is there, or a good part of it, and flushes. On the event loop. True when there is more. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write shows as exceptionCaught, and the connection ends
    boolean writeSome() {
        int written = 0;
        for (byte[] next = poll(); next != null; next = poll()) {
            channel.write(Unpooled.wrappedBuffer(next), channel.voidPromise());
            if (++written == MAX_UNFLUSHED) {
                break;
            }
        }
        if (written > 0) {
            channel.flush();
        }
        return goesOn();
    }

    /** Writes all that is there, because what follows is not to overtake it. On the event loop. */
    void writeAll() {
        while (writeSome()) {
            // a record more
        }
    }

    /** Closes the connection behind what is there. Any thread. */
    void close() {
        try {
            channel.eventLoop().execute(() -> {
                writeAll();
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            });
        } catch (RejectedExecutionException ended) {
            // and has closed its connections before
        }
    }
}
