package org.pinhole.connector.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.pinhole.connector.limit.Network;

/**
 * What the INVITEs of those hold of memory whom nobody has authenticated, on all connectors together. The stack keeps each, with
 * its body, until its ACK or for Timer H (RFC 3261 §17.2.1: 32 s), the container its session for a minute, and the phone may be
 * gone by then: so it is counted by time and not by connection. Each network may have as much as it leaves for others: the first
 * has half at most, the next half of what is left. Calls for help have a quarter of their own. A
 * phone that registers first never meets this. Any thread; the lock is held for a few look-ups.
 */
final class StrangersInvites {
    static final int KEPT_SECONDS = 60;

    /** Headers, transaction, session. */
    static final int EACH_OCTETS = 32 * 1024;

    /** For an operator. */
    static final String FULL =
            "INVITEs of phones that are not registered are refused (503): those of its network hold as much"
                    + " memory as is left for others; keep the source out, or raise -Xmx, of which all of them have a sixteenth";

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(KEPT_SECONDS);

    private final LongSupplier nanoTime;
    private final Pot usual;
    private final Pot forHelp;

    /**
     * None so far.
     *
     * @param most octets that they may hold
     * @param nanoTime a clock that only goes forward
     */
    StrangersInvites(long most, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.forHelp = new Pot(most / 4);
        this.usual = new Pot(most - most / 4);
    }

    /**
     * Whether there is room for another; if so, it is counted.
     *
     * @param network where it comes from
     */
    synchronized boolean admit(Network network, boolean isForHelp, int bodyOctets) {
        Kept kept = new Kept(network, nanoTime.getAsLong(), EACH_OCTETS + Math.max(0, bodyOctets));
        return (isForHelp ? forHelp : usual).admit(kept);
    }

    /** Those that share some memory. */
    private static final class Pot {
        private final long most;
        private final Deque<Kept> oldestFirst = new ArrayDeque<>();
        private final Map<Network, Long> octetsOf = new HashMap<>();
        private long octets;

        Pot(long most) {
            this.most = most;
        }

        boolean admit(Kept kept) {
            Kept oldest = oldestFirst.peek();
            while (oldest != null && oldest.isOver(kept.since)) {
                count(oldestFirst.remove(), -oldest.octets);
                oldest = oldestFirst.peek();
            }
            long left = most - octets - kept.octets;
            if (left < octetsOf.getOrDefault(kept.network, 0L)) {
                return false;
            }
            oldestFirst.add(kept);
            count(kept, kept.octets);
            return true;
        }

        private void count(Kept kept, long more) {
            octets += more;
            octetsOf.compute(kept.network, (network, before) -> {
                long now = (before == null ? 0 : before) + more;
                return now == 0 ? null : now;
            });
        }
    }

    /** One. */
    private static final class Kept {
        private final Network network;
        private final long since;
        private final int octets;

        Kept(Network network, long since, int octets) {
            this.network = network;
            this.since = since;
            this.octets = octets;
        }

        boolean isOver(long now) {
            return now - since >= KEPT_NANOS;
        }
    }
}
