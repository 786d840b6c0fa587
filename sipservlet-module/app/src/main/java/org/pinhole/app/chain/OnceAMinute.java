package org.pinhole.app.chain;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds back what somebody could have said in the log as often as he likes. Safe for any thread. */
public final class OnceAMinute {
    private static final long EVERY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final LongSupplier clockMillis;
    private long lastMillis;
    private boolean before;

    /** By this clock. */
    public OnceAMinute(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** Whether it may be said now. */
    public synchronized boolean now() {
        long now = clockMillis.getAsLong();
        boolean due = !before || now - lastMillis >= EVERY_MILLIS;
        if (due) {
            before = true;
            lastMillis = now;
        }
        return due;
    }
}
