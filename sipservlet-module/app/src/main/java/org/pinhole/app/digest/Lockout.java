package org.pinhole.app.digest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down the guessing of passwords. Wrong ones are counted for each user at each source, and with ten times the limit for
 * each user anywhere (a guess from everywhere) and each source whoever it names (a guess at everyone). Where a user proved
 * himself not long ago, only the first of these counts: a colleague with a wrong password, or a stranger who guesses, locks
 * nobody out of an office behind one address. A guess from everywhere does not keep a user out of a place where he has never
 * been, either: each network has a few tries of its own. Whether a user exists makes no difference. Memory is bounded; safe
 * for any thread.
 */
public final class Lockout {
    private static final int WIDE = 10;
    /** Tries that a network has for a user whom others guess at. */
    private static final int OWN_TRIES = 3;

    private static final int MAX_COUNTERS = 20_000;
    private static final int MAX_PROVEN = 100_000;
    private static final long PROVEN_MILLIS = 24 * 60 * 60 * 1000L;

    private final int limit;
    private final long lockMillis;
    private final LongSupplier clockMillis;
    private final Map<String, Counter> pairs = new Bounded<>(MAX_COUNTERS);
    private final Map<String, Counter> users = new Bounded<>(MAX_COUNTERS);
    private final Map<String, Counter> networks = new Bounded<>(MAX_COUNTERS);
    private final Map<String, Counter> sources = new Bounded<>(MAX_COUNTERS);
    private final Map<String, Long> proven = new Bounded<>(MAX_PROVEN);

    /**
     * After that many wrong passwords within the time of a lock.
     *
     * @param limit 0 for never
     */
    public Lockout(int limit, long lockMillis, LongSupplier clockMillis) {
        this.limit = limit;
        this.lockMillis = lockMillis;
        this.clockMillis = clockMillis;
    }

    /** The same limits for other guesses, of which none has been made yet. */
    Lockout another() {
        return new Lockout(limit, lockMillis, clockMillis);
    }

    /** For how long this user may not try again from there, in seconds rounded up; 0 when he may. */
    synchronized long lockedSeconds(String user, Source source) {
        long now = clockMillis.getAsLong();
        String pair = pair(user, source.place());
        long until = until(pairs.get(pair));
        Long provenAt = proven.get(pair);
        if (provenAt == null || now - provenAt >= PROVEN_MILLIS) {
            long everywhere = Math.min(until(users.get(user)), until(networks.get(pair(user, source.network()))));
            until = Math.max(until, Math.max(everywhere, until(sources.get(source.place()))));
        }
        return until <= now ? 0 : (until - now + 999) / 1000;
    }

    private static long until(@Nullable Counter counter) {
        return counter == null ? Long.MIN_VALUE : counter.lockedUntil;
    }

    synchronized void failed(String user, Source source) {
        if (limit > 0) {
            count(pairs, pair(user, source.place()), limit);
            count(users, user, limit * WIDE);
            count(networks, pair(user, source.network()), OWN_TRIES);
            if (!source.shared()) {
                count(sources, source.place(), limit * WIDE);
            }
        }
    }

    private void count(Map<String, Counter> counters, String key, int most) {
        long now = clockMillis.getAsLong();
        Counter counter = counters.get(key);
        if (counter == null || now - counter.since >= lockMillis) {
            counter = new Counter(now);
            counters.put(key, counter);
        }
        counter.failures++;
        if (counter.failures >= most) {
            counter.lockedUntil = now + lockMillis;
            counter.since = now; // so the lock is over when it is forgotten
            counter.failures = 0;
        }
    }

    synchronized void succeeded(String user, Source source) {
        if (limit > 0) {
            String pair = pair(user, source.place());
            pairs.remove(pair);
            proven.put(pair, clockMillis.getAsLong());
        }
    }

    private static String pair(String user, String place) {
        return place + ' ' + user;
    }

    synchronized int tracked() {
        return pairs.size() + users.size() + networks.size() + sources.size() + proven.size();
    }

    private static final class Counter {
        private long since;
        private int failures;
        private long lockedUntil = Long.MIN_VALUE;

        Counter(long since) {
            this.since = since;
        }
    }

    /** Forgets what was not looked at for longest. */
    private static final class Bounded<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Bounded(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
