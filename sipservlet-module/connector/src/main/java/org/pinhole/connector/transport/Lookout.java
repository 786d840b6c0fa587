package org.pinhole.connector.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The one of several threads that has done all there was, and looks for more for a moment before it sleeps: to wake a thread on
 * a processor that sleeps takes half as long as what it is woken for. Nobody looks out unless the last pause was short, so it
 * costs nothing where little comes, and gives way to whoever needs the processor. Any thread.
 */
final class Lookout {
    /** What a phone nearby takes to send the next request, and a thread to wake. */
    static final long MOMENT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** If a look takes next to no time, or the clock stands still. */
    private static final int MOST_LOOKS = 200;

    private final LongSupplier nanoTime;
    private final boolean processorToSpare;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long pauseBegan;
    private volatile boolean pausesAreShort;

    /** @param nanoTime a clock that only goes forward */
    Lookout(LongSupplier nanoTime, boolean processorToSpare) {
        this.nanoTime = nanoTime;
        this.processorToSpare = processorToSpare;
        this.pauseBegan = nanoTime.getAsLong() - TimeUnit.MINUTES.toNanos(1);
    }

    /** A thread has been woken to work. */
    void woken() {
        pausesAreShort = nanoTime.getAsLong() - pauseBegan < 2 * MOMENT_NANOS;
    }

    /** There is work: whether the one that looks out has it from here on, and nobody need be woken. */
    boolean takes() {
        return looking.get() && looking.compareAndSet(true, false);
    }

    /** Looks for work; whether there is some. If not, and somebody else has been told that it takes it, it has. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: it only gives way
    boolean sees() {
        long began = nanoTime.getAsLong();
        pauseBegan = began;
        if (!processorToSpare || !pausesAreShort || !looking.compareAndSet(false, true)) {
            return false;
        }
        for (int look = 0; look < MOST_LOOKS && nanoTime.getAsLong() - began < MOMENT_NANOS; look++) {
            if (!looking.get()) {
                return true;
            }
            Thread.yield();
        }
        return !looking.compareAndSet(true, false);
    }
}
