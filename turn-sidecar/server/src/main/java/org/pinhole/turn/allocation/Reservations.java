package org.pinhole.turn.allocation;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ReservationToken;
import org.pinhole.turn.relay.PortLease;

/**
 * The ports that are kept for a second Allocate, on whatever event loop and five-tuple that arrives (RFC 8656 §7.2). Tokens
 * are random, live for thirty seconds, work once and for one user only.
 */
public final class Reservations {

    /** A kept port, which counts as an allocation of its user's; lease and share are whoever's takes it. */
    record Reservation(String account, PortLease lease, Quota.Share share, long expiry) {}

    private final RandomGenerator random;
    private final NanoClock clock;
    private final ConcurrentMap<ReservationToken, Reservation> byToken = new ConcurrentHashMap<>();

    /** {@code random} must not be predictable. */
    public Reservations(RandomGenerator random, NanoClock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** Keeps a port for a user, and the share of his quota that is counted for it. */
    ReservationToken keep(String account, PortLease lease, Quota.Share share) {
        byte[] token = new byte[ReservationToken.BYTES];
        random.nextBytes(token);
        ReservationToken name = new ReservationToken(token);
        byToken.put(name, new Reservation(account, lease, share, clock.nanoTime() + Lifetimes.RESERVATION_NANOS));
        return name;
    }

    /** The port that a user's token names, no longer kept; null when there is none. */
    @Nullable
    Reservation take(ReservationToken token, String account) {
        Reservation kept = byToken.get(token);
        return kept != null
                        && kept.account().equals(account)
                        && kept.expiry() - clock.nanoTime() > 0
                        && byToken.remove(token, kept)
                ? kept
                : null;
    }

    /** Gives back what nobody came for. */
    void removeExpired() {
        long now = clock.nanoTime();
        for (Iterator<Map.Entry<ReservationToken, Reservation>> all =
                        byToken.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<ReservationToken, Reservation> entry = all.next();
            if (entry.getValue().expiry() - now <= 0 && byToken.remove(entry.getKey(), entry.getValue())) {
                entry.getValue().lease().release();
                entry.getValue().share().close();
            }
        }
    }
}
