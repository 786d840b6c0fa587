package org.pinhole.app.outbound;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds back what strangers could have said as often as they like. Safe for any thread. */
final class OnceAMinute {
    private static final long EVERY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final LongSupplier clockMillis;
    private long lastMillis;
    private boolean before;

    OnceAMinute(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** Whether it may be said now. */
    synchronized boolean now() {
        long now = clockMillis.getAsLong();
        boolean due = !before || now - lastMillis >= EVERY_MILLIS;
        if (due) {
            before = true;
            lastMillis = now;
        }
        return due;
    }
}
