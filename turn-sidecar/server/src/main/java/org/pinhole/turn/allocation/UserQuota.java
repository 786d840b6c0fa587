package org.pinhole.turn.allocation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.pinhole.stun.StunException;

/**
 * The quotas of users by name, and of the server (RFC 8656 §7.2 step 10). A user is known here as long as he holds an
 * allocation, so what is kept is bounded by the allocations.
 */
public final class UserQuota implements Quota {
    private final NanoClock clock;
    private final ConcurrentMap<String, Holding> holdings = new ConcurrentHashMap<>();
    private final AtomicInteger allocations = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final ByteRate rate;
    private volatile QuotaLimits limits;

    public UserQuota(QuotaLimits limits, NanoClock clock) {
        this.limits = limits;
        this.clock = clock;
        this.rate = new ByteRate(clock, limits.bytesPerSecond());
    }

    /** Only so many allocations of each user. */
    public UserQuota(int allocationsOfUser) {
        this(QuotaLimits.ofAllocations(allocationsOfUser), System::nanoTime);
    }

    /** Other limits from now on; what is held already stays. */
    public void set(QuotaLimits newLimits) {
        limits = newLimits;
        rate.set(newLimits.bytesPerSecond());
        holdings.values().forEach(holding -> holding.rate.set(newLimits.bytesPerSecondOfUser()));
    }

    /** Users who hold an allocation, or a port for one, now. */
    public int users() {
        return holdings.size();
    }

    /** Peer connections now. */
    public int connections() {
        return connections.get();
    }

    @Override
    public Share open(String username) {
        take(allocations, limits.allocations(), "server holds %d allocations already");
        try {
            return new Held(username, enter(username));
        } catch (StunException e) {
            allocations.decrementAndGet();
            throw e;
        }
    }

    private Holding enter(String username) {
        return holdings.compute(username, (user, held) -> {
            Holding holding = held == null ? new Holding(new ByteRate(clock, limits.bytesPerSecondOfUser())) : held;
            if (holding.allocations >= limits.allocationsOfUser()) {
                throw new StunException(486, "%s holds %d allocations already".formatted(user, holding.allocations));
            }
            holding.allocations++;
            return holding;
        });
    }

    private void leave(String username) {
        holdings.computeIfPresent(username, (user, holding) -> --holding.allocations > 0 ? holding : null);
        allocations.decrementAndGet();
    }

    private static void take(AtomicInteger counter, int most, String message) {
        int before = counter.getAndIncrement();
        if (most > 0 && before >= most) {
            counter.decrementAndGet();
            throw new StunException(508, message.formatted(before));
        }
    }

    /** What one user holds; the count of allocations is written inside the map's own operations only. */
    private static final class Holding {
        final ByteRate rate;
        final AtomicInteger connections = new AtomicInteger();
        int allocations;

        Holding(ByteRate rate) {
            this.rate = rate;
        }
    }

    /** One allocation's share. */
    private final class Held implements Share {
        private final String username;
        private final Holding holding;

        private Held(String username, Holding holding) {
            this.username = username;
            this.holding = holding;
        }

        @Override
        public boolean admits(int bytes) {
            return holding.rate.take(bytes) && rate.take(bytes);
        }

        @Override
        public long pauseNanos(int bytes) {
            return Math.max(holding.rate.owe(bytes), rate.owe(bytes));
        }

        @Override
        public void openConnection() {
            take(connections, limits.connections(), "server holds %d peer connections already");
            int before = holding.connections.getAndIncrement();
            if (before >= limits.connectionsOfUser()) {
                closeConnection();
                throw new StunException(486, "%s holds %d peer connections already".formatted(username, before));
            }
        }

        @Override
        public void closeConnection() {
            holding.connections.decrementAndGet();
            connections.decrementAndGet();
        }

        @Override
        public void close() {
            leave(username);
        }
    }
}
