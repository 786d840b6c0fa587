package org.pinhole.turn.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How often something took how long (or how much): counts within fixed upper bounds. From any thread. */
public final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sumMicros = new LongAdder();

    /** The bounds ascend; above the last one there is one more bucket. */
    public Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Seconds, from a tenth of a millisecond to half a minute: what a client waits for. */
    public static Histogram ofSeconds() {
        return new Histogram(0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30);
    }

    public void observe(double value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sumMicros.add((long) (value * 1_000_000));
    }

    public double[] bounds() {
        return bounds.clone();
    }

    /** How many fell into each bucket, the unbounded one last; not cumulative. */
    public long[] counts() {
        long[] snapshot = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            snapshot[i] = counts[i].sum();
        }
        return snapshot;
    }

    public double sum() {
        return sumMicros.sum() / 1_000_000.0;
    }
}
