package org.pinhole.app.digest;

/**
 * Wrong passwords by what they are counted under: so many within the time of a lock, and that is locked. Bounded. Not safe for
 * several threads.
 */
final class Failures {
    private static final int MAX_COUNTERS = 20_000;

    private final int most;
    private final long lockMillis;
    private final Bounded<Counter> counters = new Bounded<>(MAX_COUNTERS);

    /** With the last of so many it is locked. */
    Failures(int most, long lockMillis) {
        this.most = most;
        this.lockMillis = lockMillis;
    }

    /** Until when it is locked, or was. */
    long lockedUntil(String key) {
        Counter counter = counters.get(key);
        return counter == null ? Long.MIN_VALUE : counter.lockedUntil;
    }

    void count(String key, long nowMillis) {
        Counter counter = counters.get(key);
        if (counter == null || nowMillis - counter.since >= lockMillis) {
            counter = new Counter(nowMillis);
            counters.put(key, counter);
        }
        counter.failures++;
        if (counter.failures >= most) {
            counter.lockedUntil = nowMillis + lockMillis;
            counter.since = nowMillis; // so the lock is over when it is forgotten
            counter.failures = 0;
        }
    }

    /** One that was counted was none. */
    void giveBack(String key, long nowMillis) {
        Counter counter = counters.get(key);
        if (counter != null && counter.lockedUntil > nowMillis) {
            counter.lockedUntil = Long.MIN_VALUE;
            counter.failures = most - 1;
        } else if (counter != null && counter.failures > 0) {
            counter.failures--;
        }
    }

    void forget(String key) {
        counters.remove(key);
    }

    int tracked() {
        return counters.size();
    }

    private static final class Counter {
        private long since;
        private int failures;
        private long lockedUntil = Long.MIN_VALUE;

        Counter(long since) {
            this.since = since;
        }
    }
}
