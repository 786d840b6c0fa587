package org.pinhole.turn.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** When to say that a cap is reached: at once, and then once a minute while it goes on. From any event loop. */
final class CapWarning {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private final AtomicLong last;

    CapWarning(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong() - PAUSE_NANOS);
    }

    /** True for one of those who ask in a minute. */
    boolean isDue() {
        long now = nanos.getAsLong();
        long before = last.get();
        return now - before >= PAUSE_NANOS && last.compareAndSet(before, now);
    }
}
