package org.pinhole.app.digest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which nonce counts were used: each is accepted once, in any order within a window of 64 (RFC 7616 §3.4, requirement D-7).
 *
 * <p>Only proven requests leave a trace here, and no more than a fixed number of nonces is kept. What is dropped early
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
     * @return false when it was taken before, or may have been
     */
    synchronized boolean take(String nonce, long issuedAtMillis, long count, long nowMillis) {
        Use use = uses.get(nonce);
        if (use != null) {
            return use.take(count);
        }
        if (issuedAtMillis <= droppedUpTo) {
            return false;
        }
        makeRoom(nowMillis);
        uses.put(nonce, new Use(issuedAtMillis, count));
        return true;
    }

    private void makeRoom(long nowMillis) {
        Iterator<Use> eldestFirst = uses.values().iterator();
        while (eldestFirst.hasNext()) {
            Use eldest = eldestFirst.next();
            boolean expired = nowMillis - eldest.issuedAtMillis >= Nonces.LIFETIME_MILLIS;
            if (!expired && uses.size() < maxTracked) {
                return;
            }
            if (!expired) {
                droppedUpTo = Math.max(droppedUpTo, eldest.issuedAtMillis);
            }
            eldestFirst.remove();
        }
    }

    synchronized int tracked() {
        return uses.size();
    }

    /** The highest count taken, and a bit for each of the 64 counts up to it. */
    private static final class Use {
        private final long issuedAtMillis;
        private long highest;
        private long taken = 1;

        Use(long issuedAtMillis, long first) {
            this.issuedAtMillis = issuedAtMillis;
            this.highest = first;
        }

        boolean take(long count) {
            if (count > highest) {
                long ahead = count - highest;
                taken = ahead >= WINDOW ? 1 : (taken << ahead) | 1;
                highest = count;
                return true;
            }
            long behind = highest - count;
            long bit = behind >= WINDOW ? 0 : 1L << behind;
            boolean free = bit != 0 && (taken & bit) == 0;
            taken |= bit;
            return free;
        }
    }
}
