package org.pinhole.app.digest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nonce counts were used: each is accepted once, in any order up to 64 behind the highest (RFC 7616 §3.4, requirement
 * D-7). Keeps the cnonce that a session began with, too (§3.4.2). Safe for any thread.
 *
 * <p>Only proven requests leave a trace here, and no more than a fixed number of nonces is kept. What is dropped
 * cannot be replayed: nothing issued up to the youngest dropped nonce is accepted any more unless it is still tracked.
 */
public final class NonceCounts {
    private static final int WINDOW = 64;

    private final int maxTracked;
    private final Map<String, Use> uses = new LinkedHashMap<>();
    private long droppedUpTo = Long.MIN_VALUE;

    /** Tracks no more than that many nonces at once. */
    public NonceCounts(int maxTracked) {
        this.maxTracked = maxTracked;
    }

    /**
     * Takes a count of a genuine nonce.
     *
     * @param cnonce kept when it is the nonce's first use
     * @return false when it was taken before, or may have been
     */
    synchronized boolean take(String nonce, long issuedAtMillis, long count, String cnonce, long nowMillis) {
        Use use = uses.get(nonce);
        if (use != null) {
            return use.take(count);
        }
        if (issuedAtMillis <= droppedUpTo) {
            return false;
        }
        makeRoom(nowMillis);
        uses.put(nonce, new Use(issuedAtMillis, count, cnonce));
        return true;
    }

    /** The cnonce of the nonce's first use, or null when it was not used yet. */
    synchronized @Nullable String findFirstCnonce(String nonce) {
        Use use = uses.get(nonce);
        return use == null ? null : use.firstCnonce;
    }

    private void makeRoom(long nowMillis) {
        Iterator<Use> eldestFirst = uses.values().iterator();
        while (eldestFirst.hasNext()) {
            Use eldest = eldestFirst.next();
            boolean expired = nowMillis - eldest.issuedAtMillis >= Nonces.LIFETIME_MILLIS;
            if (!expired && uses.size() < maxTracked) {
                return;
            }
            droppedUpTo = Math.max(droppedUpTo, eldest.issuedAtMillis); // expired or not: clocks are set back, too
            eldestFirst.remove();
        }
    }

    synchronized int tracked() {
        return uses.size();
    }

    /** The highest count taken, and for each of the 64 counts below it a bit. */
    private static final class Use {
        private final long issuedAtMillis;
        private final String firstCnonce;
        private long highest;
        private long takenBelow;

        Use(long issuedAtMillis, long first, String firstCnonce) {
            this.issuedAtMillis = issuedAtMillis;
            this.firstCnonce = firstCnonce;
            this.highest = first;
        }

        boolean take(long count) {
            if (count > highest) {
                long ahead = count - highest;
                takenBelow = shifted(takenBelow, ahead) | shifted(1, ahead - 1);
                highest = count;
                return true;
            }
            long behind = highest - count;
            if (behind == 0 || behind > WINDOW) {
                return false;
            }
            long bit = 1L << (behind - 1);
            boolean free = (takenBelow & bit) == 0;
            takenBelow |= bit;
            return free;
        }

        private static long shifted(long bits, long by) {
            return by >= WINDOW ? 0 : bits << by;
        }
    }
}
