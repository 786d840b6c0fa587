package org.pinhole.turn.allocation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.pinhole.stun.StunException;

/** How many allocations a user may hold at once, over all event loops (RFC 8656 §7.2 step 10). */
public final class Quota {
    private final int perUser;
    private final ConcurrentMap<String, Integer> held = new ConcurrentHashMap<>();

    public Quota(int perUser) {
        this.perUser = perUser;
    }

    /** Counts one more, or 486. */
    void take(String username) {
        held.compute(username, (user, count) -> {
            int now = count == null ? 0 : count;
            if (now >= perUser) {
                throw new StunException(486, "%s holds %d allocations already".formatted(username, now));
            }
            return now + 1;
        });
    }

    void giveBack(String username) {
        held.computeIfPresent(username, (user, count) -> count > 1 ? count - 1 : null);
    }
}
