package org.pinhole.turn.allocation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.pinhole.stun.StunException;

/** How many allocations a user may hold at once, and peer connections an allocation (RFC 8656 §7.2 step 10). */
public final class UserQuota implements Quota {
    /** Enough for a call with every feature of it; what a client can make us hold is bounded. */
    static final int CONNECTIONS_PER_ALLOCATION = 64;

    private final int perUser;
    private final ConcurrentMap<String, Integer> held = new ConcurrentHashMap<>();

    public UserQuota(int perUser) {
        this.perUser = perUser;
    }

    @Override
    public Share open(String username) {
        held.compute(username, (user, count) -> {
            int now = count == null ? 0 : count;
            if (now >= perUser) {
                throw new StunException(486, "%s holds %d allocations already".formatted(username, now));
            }
            return now + 1;
        });
        return new Unmetered(username);
    }

    private void giveBack(String username) {
        held.computeIfPresent(username, (user, count) -> count > 1 ? count - 1 : null);
    }

    /** A share without a limit on bytes; used by its allocation's event loop alone. */
    private final class Unmetered implements Share {
        private final String username;
        private int connections;

        private Unmetered(String username) {
            this.username = username;
        }

        @Override
        public boolean admits(int bytes) {
            return true;
        }

        @Override
        public long pauseNanos(int bytes) {
            return 0;
        }

        @Override
        public void openConnection() {
            if (connections >= CONNECTIONS_PER_ALLOCATION) {
                throw new StunException(486, "the allocation holds %d peer connections already".formatted(connections));
            }
            connections++;
        }

        @Override
        public void closeConnection() {
            connections--;
        }

        @Override
        public void close() {
            giveBack(username);
        }
    }
}
