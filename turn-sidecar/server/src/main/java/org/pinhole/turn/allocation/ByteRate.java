package org.pinhole.turn.allocation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket, of bytes mostly, that holds one second's worth, kept as one number: the time at which it will be full again. Any
 * thread takes, without a lock; without a limit nothing is counted at all.
 */
final class ByteRate {
    static final long UNLIMITED = 0;

    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final NanoClock clock;
    private final AtomicLong fullAt;
    private volatile long bytesPerSecond;

    ByteRate(NanoClock clock, long bytesPerSecond) {
        this.clock = clock;
        this.fullAt = new AtomicLong(clock.nanoTime());
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Another rate from now on; 0 for none. */
    void set(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    /** Takes so many bytes if they are there, else nothing. */
    boolean take(int bytes) {
        long rate = bytesPerSecond;
        if (rate == UNLIMITED) {
            return true;
        }
        long cost = nanos(bytes, rate);
        long now = clock.nanoTime();
        while (true) {
            long before = fullAt.get();
            long after = (before - now > 0 ? before : now) + cost;
            if (after - now > BURST_NANOS) {
                return false;
            }
            if (fullAt.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** Takes so many bytes in any case, and says for how long nobody should take more: nanoseconds. */
    long owe(int bytes) {
        long rate = bytesPerSecond;
        if (rate == UNLIMITED) {
            return 0;
        }
        long cost = nanos(bytes, rate);
        long now = clock.nanoTime();
        long after = fullAt.updateAndGet(before -> (before - now > 0 ? before : now) + cost);
        return Math.max(0, after - now - BURST_NANOS);
    }

    private static long nanos(int bytes, long rate) {
        return bytes * TimeUnit.SECONDS.toNanos(1) / rate;
    }
}
