package org.pinhole.connector.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * An orderly retreat: over a window the flows are closed evenly, and whoever wants to start something is sent away until
 * after it, at a random moment of a second window, so that nobody comes back all at once. Immutable; any thread.
 */
public final class Drain {
    private final int windowSeconds;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final long startNanos;

    /**
     * Begins now.
     *
     * @param nanoTime a clock that only goes forward
     * @param random evenly from 0 to below 1
     */
    public Drain(int windowSeconds, LongSupplier nanoTime, DoubleSupplier random) {
        this.windowSeconds = windowSeconds;
        this.nanoTime = nanoTime;
        this.random = random;
        this.startNanos = nanoTime.getAsLong();
    }

    /** How many of the flows that were open at the beginning may still be. */
    public int remaining(int flows) {
        long window = TimeUnit.SECONDS.toNanos(windowSeconds);
        long left = Math.max(0, window - elapsedNanos());
        return (int) Math.ceil((double) flows * left / window);
    }

    /** Seconds until the window is over, rounded up; 0 afterwards. */
    public int secondsLeft() {
        long second = TimeUnit.SECONDS.toNanos(1);
        long left = TimeUnit.SECONDS.toNanos(windowSeconds) - elapsedNanos();
        return (int) Math.max(0, (left + second - 1) / second);
    }

    /** For a Retry-After (RFC 3261 §20.33): another one each time. */
    public int retryAfterSeconds() {
        return secondsLeft() + 1 + (int) (random.getAsDouble() * windowSeconds);
    }

    private long elapsedNanos() {
        return nanoTime.getAsLong() - startNanos;
    }
}
