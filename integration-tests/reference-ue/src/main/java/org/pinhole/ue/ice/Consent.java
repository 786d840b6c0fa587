package org.pinhole.ue.ice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.pinhole.stun.TransactionId;

/**
 * Whether the far end still wants what we send (RFC 7675 §5.1): asked every 4 to 6 s, each time anew, and gone when 30 s
 * have passed since the last request that was answered. It keeps what is on the way alive, too (U-14). Pure.
 */
final class Consent {
    static final Duration EVERY = Duration.ofSeconds(5);
    static final Duration LASTS = Duration.ofSeconds(30);
    /** As many requests as can be under way in that time. */
    private static final int MAX_PENDING = 8;

    private record Asked(TransactionId id, Instant at) {}

    private final RandomGenerator random;
    private final Deque<Asked> pending = new ArrayDeque<>();
    private Instant given;
    private Instant due;

    Consent(RandomGenerator random, Instant now) {
        this.random = random;
        this.given = now;
        this.due = now.plus(interval());
    }

    private Duration interval() {
        return EVERY.multipliedBy(800 + random.nextInt(401)).dividedBy(1000);
    }

    Instant due() {
        Instant end = given.plus(LASTS);
        return due.isBefore(end) ? due : end;
    }

    boolean gone(Instant now) {
        return !now.isBefore(given.plus(LASTS));
    }

    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    void asked(TransactionId id, Instant now) {
        pending.add(new Asked(id, now));
        if (pending.size() > MAX_PENDING) {
            pending.remove();
        }
        due = now.plus(interval());
    }

    /** Whether the answer is to one of ours; consent counts from when that one was asked. */
    boolean answered(TransactionId id) {
        for (Asked asked : pending) {
            if (asked.id().equals(id)) {
                given = asked.at().isAfter(given) ? asked.at() : given;
                pending.remove(asked);
                return true;
            }
        }
        return false;
    }
}
