package org.pinhole.app.digest;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down the guessing of passwords. Wrong ones are counted for each user at each source, and with ten times the limit for
 * each user anywhere (a guess from everywhere) and each source whoever it names (a guess at everyone). Where a user proved
 * himself not long ago, only the first of these counts: a colleague with a wrong password, or a stranger who guesses, locks
 * nobody out of an office behind one address; and where that is the address of an edge, behind which anybody may be, it takes ten
 * times as many. A guess from everywhere does not keep a user out of a place where he has never been, either: each network has
 * a few tries of its own. Whether a user exists makes no difference.
 *
 * <p>A try counts as wrong from when it is let in until it is known to be right, or many at once would all be let in; only not
 * where its user proved himself, whose phones may send several requests at once. Memory is bounded; safe for any thread.
 */
public final class Lockout {
    private static final int WIDE = 10;
    /** Tries that a network has for a user whom others guess at. */
    private static final int OWN_TRIES = 3;

    private static final int MAX_PROVEN = 100_000;
    private static final long PROVEN_MILLIS = 24 * 60 * 60 * 1000L;
    /** So often it is noted that a user proves himself again. */
    private static final long NOTED_MILLIS = 10 * 60 * 1000L;

    private final int limit;
    private final long lockMillis;
    private final LongSupplier clockMillis;
    private final Failures pairs;
    private final Failures pairsBehindEdges;
    private final Failures users;
    private final Failures networks;
    private final Failures sources;
    private final Bounded<Long> proven = new Bounded<>(MAX_PROVEN);

    /**
     * After that many wrong passwords within the time of a lock.
     *
     * @param limit 0 for never
     */
    public Lockout(int limit, long lockMillis, LongSupplier clockMillis) {
        this.limit = limit;
        this.lockMillis = lockMillis;
        this.clockMillis = clockMillis;
        this.pairs = new Failures(limit, lockMillis);
        this.pairsBehindEdges = new Failures(limit * WIDE, lockMillis);
        this.users = new Failures(limit * WIDE, lockMillis);
        this.networks = new Failures(OWN_TRIES, lockMillis);
        this.sources = new Failures(limit * WIDE, lockMillis);
    }

    /** The same limits for other guesses, of which none has been made yet. */
    Lockout another() {
        return new Lockout(limit, lockMillis, clockMillis);
    }

    /** For how long this user may not try again from there, in seconds rounded up; 0 when he may. */
    synchronized long lockedSeconds(String user, Source source) {
        int traces =
                pairs.tracked() + networks.tracked() + users.tracked(); // where every try and every failure leaves one
        if (traces == 0) {
            return 0;
        }
        long now = clockMillis.getAsLong();
        String pair = pair(user, source.place());
        return lockedSeconds(user, source, pair, isRecent(proven.get(pair), now), now);
    }

    /** This user is about to be asked for, and may be unless he is locked out. One of the three below has to be told of it. */
    synchronized Try begin(String user, Source source) {
        long now = clockMillis.getAsLong();
        String pair = pair(user, source.place());
        Long provenAt = proven.get(pair);
        boolean known = isRecent(provenAt, now);
        long lockedSeconds = lockedSeconds(user, source, pair, known, now);
        boolean counted = limit > 0 && lockedSeconds == 0 && !known;
        if (counted) {
            countHere(user, source, pair, now);
        }
        return new Try(user, source, pair, provenAt, counted, lockedSeconds);
    }

    private long lockedSeconds(String user, Source source, String pair, boolean known, long now) {
        long until = known && source.shared() ? pairsBehindEdges.lockedUntil(pair) : pairs.lockedUntil(pair);
        if (!known) {
            long everywhere = Math.min(users.lockedUntil(user), networks.lockedUntil(pair(user, source.network())));
            until = Math.max(until, Math.max(everywhere, sources.lockedUntil(source.place())));
        }
        return until <= now ? 0 : (until - now + 999) / 1000;
    }

    private static boolean isRecent(@Nullable Long provenAt, long now) {
        return provenAt != null && now - provenAt < PROVEN_MILLIS;
    }

    private void countHere(String user, Source source, String pair, long now) {
        pairs.count(pair, now);
        networks.count(pair(user, source.network()), now);
    }

    /** The password was wrong. */
    synchronized void failed(Try guess) {
        if (limit > 0) {
            long now = clockMillis.getAsLong();
            if (!guess.counted) {
                countHere(guess.user, guess.source, guess.pair, now);
            }
            users.count(guess.user, now);
            if (guess.source.shared()) {
                pairsBehindEdges.count(guess.pair, now);
            } else {
                sources.count(guess.source.place(), now);
            }
        }
    }

    /** A wrong password that was not begun as a try. */
    void failed(String user, Source source) {
        failed(new Try(user, source, pair(user, source.place()), null, false, 0));
    }

    /** It was right. */
    synchronized void succeeded(Try guess) {
        if (limit > 0) {
            long now = clockMillis.getAsLong();
            pairs.forget(guess.pair);
            if (guess.counted) {
                networks.giveBack(pair(guess.user, guess.source.network()), now);
            }
            if (guess.provenAt == null || now - guess.provenAt >= NOTED_MILLIS) {
                proven.put(guess.pair, now);
            }
        }
    }

    /** Nobody can say what it was. */
    synchronized void withdrawn(Try guess) {
        if (guess.counted) {
            long now = clockMillis.getAsLong();
            pairs.giveBack(guess.pair, now);
            networks.giveBack(pair(guess.user, guess.source.network()), now);
        }
    }

    private static String pair(String user, String place) {
        return place + ' ' + user;
    }

    synchronized int tracked() {
        return pairs.tracked()
                + pairsBehindEdges.tracked()
                + users.tracked()
                + networks.tracked()
                + sources.tracked()
                + proven.size();
    }

    /** One try at a user's password. Immutable. */
    static final class Try {
        private final String user;
        private final Source source;
        private final String pair;
        private final @Nullable Long provenAt;
        private final boolean counted;
        private final long lockedSeconds;

        private Try(
                String user, Source source, String pair, @Nullable Long provenAt, boolean counted, long lockedSeconds) {
            this.user = user;
            this.source = source;
            this.pair = pair;
            this.provenAt = provenAt;
            this.counted = counted;
            this.lockedSeconds = lockedSeconds;
        }

        String user() {
            return user;
        }

        Source source() {
            return source;
        }

        /** For how long it may not be made, in seconds rounded up; 0 when it may. */
        long lockedSeconds() {
            return lockedSeconds;
        }
    }
}
