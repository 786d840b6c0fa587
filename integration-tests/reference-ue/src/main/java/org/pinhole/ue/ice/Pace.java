package org.pinhole.ue.ice;

import java.time.Duration;
import java.time.Instant;

/** Ta: new checks of a whole session leave one by one (RFC 8445 §14.2). Lives on one thread. */
public final class Pace {
    static final Duration TA = Duration.ofMillis(50);

    private Instant next = Instant.MIN;

    /** Whether a check may leave now; if so the next has to wait. */
    boolean take(Instant now) {
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(TA);
        return true;
    }

    Instant next() {
        return next;
    }
}
