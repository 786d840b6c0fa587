package org.pinhole.ue.ice;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ta: new transactions of a whole session, with servers and between candidates, leave one by one (RFC 8445 §14.2), and its
 * streams take turns (§6.1.4.2). Lives on one thread.
 */
public final class Pace {
    static final Duration TA = Duration.ofMillis(50);
    /** How far whoever had the last turn comes behind the others. */
    private static final Duration BEHIND = Duration.ofMillis(1);

    private Instant next = Instant.MIN;
    private @Nullable Object last;

    /** Whether a transaction of this one's may leave now; if so the next has to wait. */
    boolean take(Object by, Instant now) {
        if (now.isBefore(next(by))) {
            return false;
        }
        last = by;
        next = now.plus(TA);
        return true;
    }

    /** When this one may ask again. */
    Instant next(Object by) {
        return by == last ? next.plus(BEHIND) : next;
    }
}
