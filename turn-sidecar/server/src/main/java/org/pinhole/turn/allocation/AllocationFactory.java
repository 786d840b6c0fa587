package org.pinhole.turn.allocation;

import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.AddressErrorCode;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.ReservationToken;
import org.pinhole.stun.StunException;
import org.pinhole.stun.TransactionId;
import org.pinhole.turn.allocation.Reservations.Reservation;
import org.pinhole.turn.relay.Relay;
import org.pinhole.turn.relay.RelayPair;
import org.pinhole.turn.relay.Relays;

/** Opens allocations with the relays that they wish for: the end of RFC 8656 §7.2. Shared by all event loops. */
public final class AllocationFactory {
    private final Relays relays;
    private final Quota quota;
    private final Reservations reservations;
    private final PendingConnections pending;
    private final AllocationEvents events;
    private final NanoClock clock;
    private final Supplier<String> ids;

    public AllocationFactory(
            Relays relays,
            Quota quota,
            Reservations reservations,
            PendingConnections pending,
            AllocationEvents events,
            NanoClock clock,
            Supplier<String> ids) {
        this.relays = relays;
        this.quota = quota;
        this.reservations = reservations;
        this.pending = pending;
        this.events = events;
        this.clock = clock;
        this.ids = ids;
    }

    /** A new allocation, on its client's event loop; 486 and 508 leave everything as it was. */
    Allocation open(ClientPath path, Owner owner, TransactionId transaction, Wish wish, Traffic total) {
        Reservation kept = wish.token() == null ? null : require(wish.token(), owner);
        Quota.Share share = kept == null ? quota.open(owner.account()) : kept.share();
        Allocation.Opening opening =
                new Allocation.Opening(ids.get(), path, owner, transaction, clock, share, new Traffic(total));
        return wish.tcp() ? tcp(opening, wish) : udp(opening, wish, kept);
    }

    private Reservation require(ReservationToken token, Owner owner) {
        Reservation kept = reservations.take(token, owner.account());
        if (kept == null) {
            throw new StunException(508, "unknown reservation");
        }
        return kept;
    }

    private Allocation tcp(Allocation.Opening opening, Wish wish) {
        TcpAllocation allocation = new TcpAllocation(opening, pending, events);
        return wholly(allocation, () -> {
            allocation.add(relays.openTcp(opening.path().loop(), wish.family(), allocation));
            if (wish.dual()) {
                allocation.grant(List.of(new AddressErrorCode(AddressFamily.IPV6, 440)));
            }
        });
    }

    private Allocation udp(Allocation.Opening opening, Wish wish, @Nullable Reservation kept) {
        UdpAllocation allocation = new UdpAllocation(opening);
        return wholly(allocation, () -> {
            if (kept != null) {
                allocation.add(relays.open(opening.path().loop(), kept.lease(), allocation));
            } else if (wish.port() == Wish.Port.EVEN_AND_KEEP_NEXT) {
                openPair(allocation, wish);
            } else if (wish.dual()) {
                openBoth(allocation, wish);
            } else {
                allocation.add(open(allocation, wish, wish.family()));
            }
        });
    }

    /** Whatever keeps an allocation from being opened, what it held by then is free again. */
    private static Allocation wholly(Allocation allocation, Runnable relaysOpened) {
        try {
            relaysOpened.run();
            return allocation;
        } catch (RuntimeException e) {
            allocation.close();
            throw e;
        }
    }

    /** The port that is kept is one more of the user's allocations, until somebody has come for it or it is given back. */
    private void openPair(UdpAllocation allocation, Wish wish) {
        String account = allocation.owner().account();
        Quota.Share next = quota.open(account);
        try {
            RelayPair pair = relays.openPair(allocation.path().loop(), wish.family(), allocation);
            allocation.add(pair.even());
            allocation.grant(List.of(reservations.keep(account, pair.next(), next)));
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
    }

    /** Both families, or one and why not the other (RFC 8656 §7.2 step 9). */
    private void openBoth(UdpAllocation allocation, Wish wish) {
        StunException noIpv4 = tryOpen(allocation, wish, StandardProtocolFamily.INET);
        StunException noIpv6 = tryOpen(allocation, wish, StandardProtocolFamily.INET6);
        if (noIpv4 != null && noIpv6 != null) {
            throw new StunException(508, "no relay of either address family");
        }
        if (noIpv4 != null) {
            allocation.grant(List.of(new AddressErrorCode(AddressFamily.IPV4, noIpv4.code())));
        }
        if (noIpv6 != null) {
            allocation.grant(List.of(new AddressErrorCode(AddressFamily.IPV6, noIpv6.code())));
        }
    }

    private @Nullable StunException tryOpen(UdpAllocation allocation, Wish wish, StandardProtocolFamily family) {
        try {
            allocation.add(open(allocation, wish, family));
            return null;
        } catch (StunException e) {
            return e;
        }
    }

    private Relay open(UdpAllocation allocation, Wish wish, StandardProtocolFamily family) {
        return relays.open(allocation.path().loop(), family, wish.port() != Wish.Port.ANY, allocation);
    }

    /** Gives back the ports that nobody came for. */
    void removeExpired() {
        reservations.removeExpired();
    }
}
