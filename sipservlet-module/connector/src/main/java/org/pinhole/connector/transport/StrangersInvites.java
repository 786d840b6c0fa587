package org.pinhole.connector.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the INVITEs of those hold of memory whom nobody has authenticated, on all connectors together. The stack keeps each, with
 * its body, until its ACK or for Timer H (RFC 3261 §17.2.1: 32 s), the container its session for a minute, and the phone may be
 * gone by then: so it is counted by time and not by connection. A phone that registers first never meets this. Any thread.
 */
final class StrangersInvites {
    static final int KEPT_SECONDS = 60;

    /** Headers, transaction, session. */
    static final int EACH_OCTETS = 32 * 1024;

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(KEPT_SECONDS);

    private final long most;
    private final LongSupplier nanoTime;
    private final Deque<Kept> oldestFirst = new ArrayDeque<>();
    private long octets;

    /**
     * None so far.
     *
     * @param most octets that they may hold
     * @param nanoTime a clock that only goes forward
     */
    StrangersInvites(long most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** Whether there is room for another with so long a body; if so, it is counted. */
    synchronized boolean admit(int bodyOctets) {
        long now = nanoTime.getAsLong();
        for (Kept oldest = oldestFirst.peek(); oldest != null && oldest.isOver(now); oldest = oldestFirst.peek()) {
            octets -= oldestFirst.remove().octets;
        }
        Kept kept = new Kept(now, EACH_OCTETS + Math.max(0, bodyOctets));
        if (octets + kept.octets > most) {
            return false;
        }
        oldestFirst.add(kept);
        octets += kept.octets;
        return true;
    }

    /** One. */
    private static final class Kept {
        private final long since;
        private final int octets;

        Kept(long since, int octets) {
            this.since = since;
            this.octets = octets;
        }

        boolean isOver(long now) {
            return now - since >= KEPT_NANOS;
        }
    }
}
