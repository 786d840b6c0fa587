package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Relayed packets that wait for a client whose connection is slower than its peers. They leave in the order in which they
 * came. What is older than the bound is worth nothing any more and never leaves. When there are too many bytes, the oldest
 * large packet goes first, and small ones only when no large one is left: a call keeps its sound and loses its picture,
 * and the picture loses what is stalest. Large is what audio never is, whatever the channel. Owns what it holds; one event
 * loop only.
 */
final class RelayQueue {
    /** An Opus or G.711 frame with RTP, SRTP and ChannelData headers is smaller, a full video packet larger. */
    static final int SMALL_BYTES = 400;

    /** What a packet takes beside its bytes: its buffer, and its place here. */
    static final int PACKET_BYTES = 256;

    private record Waiting(ByteBuf frame, long order, long since) {
        int bytes() {
            return cost(frame);
        }
    }

    private final Deque<Waiting> small = new ArrayDeque<>();
    private final Deque<Waiting> large = new ArrayDeque<>();
    private final int maxBytes;
    private final long maxAgeNanos;
    private final StreamCounts counts;
    private long arrivals;
    private int bytes;

    RelayQueue(int maxBytes, long maxAgeNanos, StreamCounts counts) {
        this.maxBytes = maxBytes;
        this.maxAgeNanos = maxAgeNanos;
        this.counts = counts;
    }

    /** Keeps a packet, or drops others for it, or drops it. */
    void add(ByteBuf frame, long now) {
        dropStale(small, now);
        dropStale(large, now);
        boolean isLarge = frame.readableBytes() > SMALL_BYTES;
        while (bytes + cost(frame) > maxBytes && !large.isEmpty()) {
            drop(large);
        }
        while (bytes + cost(frame) > maxBytes && !isLarge && !small.isEmpty()) {
            drop(small);
        }
        Waiting waiting = new Waiting(frame, arrivals++, now);
        bytes += waiting.bytes();
        (isLarge ? large : small).add(waiting);
        if (bytes > maxBytes) { // a large one, and only small ones wait; or one larger than all the room there is
            drop(isLarge ? large : small);
        }
    }

    /** The next packet that is still worth sending; the caller's from now on. */
    @Nullable
    ByteBuf poll(long now) {
        while (true) {
            Deque<Waiting> next = next();
            Waiting first = next.peek();
            if (first == null) {
                return null;
            }
            if (!isStale(first, now)) {
                next.remove();
                bytes -= first.bytes();
                return first.frame();
            }
            drop(next);
        }
    }

    private void dropStale(Deque<Waiting> from, long now) {
        for (Waiting first = from.peek(); first != null && isStale(first, now); first = from.peek()) {
            drop(from);
        }
    }

    private boolean isStale(Waiting waiting, long now) {
        return now - waiting.since() > maxAgeNanos;
    }

    private static int cost(ByteBuf frame) {
        return frame.readableBytes() + PACKET_BYTES;
    }

    boolean isEmpty() {
        return small.isEmpty() && large.isEmpty();
    }

    /** What all that waits takes, packets and their places. */
    int bytes() {
        return bytes;
    }

    /** The connection is gone; nothing of this was ever late. */
    void clear() {
        small.forEach(waiting -> waiting.frame().release());
        large.forEach(waiting -> waiting.frame().release());
        small.clear();
        large.clear();
        bytes = 0;
    }

    private Deque<Waiting> next() {
        Waiting firstSmall = small.peek();
        Waiting firstLarge = large.peek();
        if (firstSmall == null || firstLarge == null) {
            return firstSmall == null ? large : small;
        }
        return firstSmall.order() < firstLarge.order() ? small : large;
    }

    private void drop(Deque<Waiting> from) {
        Waiting dropped = from.remove();
        bytes -= dropped.bytes();
        dropped.frame().release();
        if (from == large) {
            counts.dropLarge();
        } else {
            counts.dropSmall();
        }
    }
}
