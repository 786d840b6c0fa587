package org.pinhole.app;

import java.util.function.LongSupplier;

/** A clock that moves when it is told to. */
public final class HandClock implements LongSupplier {
    private long millis = 1_800_000_000_000L;

    @Override
    public long getAsLong() {
        return millis;
    }

    public void advanceSeconds(long seconds) {
        millis += seconds * 1000;
    }

    public void advanceMillis(long more) {
        millis += more;
    }
}
