package org.pinhole.turn.request;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.pinhole.turn.allocation.NanoClock;

/**
 * So many answers a second to a network (IPv4 /24, IPv6 /56) that has not proved to be who it says. Networks share a table
 * of fixed size, so a flood from invented sources costs no memory; which networks share a place is secret and changes with
 * every start. Two that do share one share its rate as well. From any thread, without a lock.
 */
public final class SourceRate {
    private static final int PLACES = 1 << 14;
    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final AtomicLongArray fullAt = new AtomicLongArray(PLACES);
    private final NanoClock clock;
    private final long secret;
    private final long start;
    private volatile long costNanos;

    /** The rate is in answers a second and network; three seconds' worth may come at once. */
    public SourceRate(NanoClock clock, long secret, int answersPerSecond) {
        this.clock = clock;
        this.secret = secret;
        this.start = clock.nanoTime();
        set(answersPerSecond);
    }

    /** Another rate from now on; 0 for no limit. */
    public void set(int answersPerSecond) {
        costNanos = answersPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / answersPerSecond;
    }

    /** Whether one more answer may go to the source now. */
    public boolean allows(InetAddress source) {
        long cost = costNanos;
        if (cost == 0) {
            return true;
        }
        int place = place(source);
        long now = clock.nanoTime() - start;
        while (true) {
            long before = fullAt.get(place);
            long after = Math.max(before, now) + cost;
            if (after - now > BURST_NANOS) {
                return false;
            }
            if (fullAt.compareAndSet(place, before, after)) {
                return true;
            }
        }
    }

    private int place(InetAddress source) {
        byte[] bytes = source.getAddress();
        int prefix = bytes.length == 4 ? 3 : 7;
        long hash = secret;
        for (int i = 0; i < prefix; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash & (PLACES - 1));
    }
}
