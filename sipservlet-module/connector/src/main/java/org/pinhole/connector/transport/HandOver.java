package org.pinhole.connector.transport;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Where messages pass from the threads that make them to the event loop that writes them, for all connections of that loop. To
 * wake the loop and to write to a socket costs a good part of what a message costs in all: so while others are still to come, the
 * loop looks a moment later and finds several, which then share a TLS record and a system call. What comes last, or alone,
 * waits for nothing, and nothing waits for longer than that moment, however long others take.
 */
final class HandOver {
    /** A thousandth of what a phone waits before it repeats itself (T1 of RFC 3261 is half a second), and some ten messages. */
    static final long MOMENT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final EventLoop loop;
    private final BooleanSupplier moreToCome;
    private final long momentNanos;
    private final Queue<WriteQueue> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Look> next = new AtomicReference<>(Look.NONE);

    /** When the loop looks. */
    private enum Look {
        NONE,
        SOON,
        NOW
    }

    /**
     * To this loop.
     *
     * @param moreToCome whether messages are still being worked on whose answers will follow
     */
    HandOver(EventLoop loop, BooleanSupplier moreToCome, long momentNanos) {
        this.loop = loop;
        this.moreToCome = moreToCome;
        this.momentNanos = momentNanos;
    }

    /** Something has come into this queue. */
    void add(WriteQueue queue) {
        waiting.add(queue);
    }

    /**
     * The loop is to look at the queues: soon, or at once if no others will follow.
     *
     * @param enough whether there is no point in waiting for others
     * @return false when the loop has ended
     */
    boolean call(boolean enough) {
        try {
            if (loop.inEventLoop()) {
                look();
            } else if (enough || !moreToCome.getAsBoolean()) {
                lookNow();
            } else if (next.compareAndSet(Look.NONE, Look.SOON)) {
                lookSoon();
            }
            return true;
        } catch (RejectedExecutionException ended) {
            next.set(Look.NONE);
            return false;
        }
    }

    private void lookNow() {
        if (next.getAndSet(Look.NOW) != Look.NOW) {
            loop.execute(this::look);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a loop that ends has closed its connections before
    private void lookSoon() {
        loop.schedule(this::look, momentNanos, TimeUnit.NANOSECONDS);
    }

    /** Writes what is there. Who adds from here on has the loop look again. */
    private void look() {
        next.set(Look.NONE);
        for (WriteQueue queue = waiting.poll(); queue != null; queue = waiting.poll()) {
            if (queue.writeSome()) {
                waiting.add(queue);
                lookNow(); // at the sockets first
                return;
            }
        }
    }
}
