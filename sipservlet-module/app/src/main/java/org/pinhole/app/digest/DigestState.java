package org.pinhole.app.digest;

import java.security.SecureRandom;
import java.util.function.LongSupplier;

/** What all realms of this process share: the key of their nonces, the counts that were used, the wrong passwords. */
public final class DigestState {
    private static final int MAX_TRACKED_NONCES = 100_000;

    private final Nonces nonces;
    private final NonceCounts counts;
    private final Lockout lockout;
    private final Lockout unsettled;

    private DigestState(Nonces nonces, NonceCounts counts, Lockout lockout) {
        this.nonces = nonces;
        this.counts = counts;
        this.lockout = lockout;
        this.unsettled = lockout.another();
    }

    /** A fresh key, nothing used, nobody locked out. */
    public static DigestState fresh(Lockout lockout, LongSupplier clockMillis) {
        return new DigestState(
                new Nonces(new SecureRandom(), clockMillis), new NonceCounts(MAX_TRACKED_NONCES), lockout);
    }

    /** The same nonces and counts with other limits for wrong passwords. */
    public DigestState with(Lockout other) {
        return new DigestState(nonces, counts, other);
    }

    Nonces nonces() {
        return nonces;
    }

    NonceCounts counts() {
        return counts;
    }

    Lockout lockout() {
        return lockout;
    }

    /**
     * The wrong passwords of which nobody could be told while a store was down. They count as long as it is: before and after,
     * who is in that store would be told from who is not by which of them is locked out.
     */
    Lockout unsettled() {
        return unsettled;
    }
}
