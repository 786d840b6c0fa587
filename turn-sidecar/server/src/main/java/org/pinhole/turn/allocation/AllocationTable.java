package org.pinhole.turn.allocation;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.StunException;
import org.pinhole.stun.TransactionId;
import org.pinhole.turn.relay.PeerTraffic;
import org.pinhole.turn.relay.Relay;
import org.pinhole.turn.relay.Relays;

/** The allocations of one event loop, found by five-tuple; touched on that loop only. */
public final class AllocationTable {
    /** What an Allocate asked for, once its values have been checked. */
    public record Wish(StandardProtocolFamily family, boolean evenPort, long lifetimeSeconds) {}

    private final Map<FiveTuple, Allocation> byFiveTuple = new HashMap<>();
    private final Relays relays;
    private final Quota quota;
    private final NanoClock clock;
    private final Supplier<String> ids;
    private final AllocationEvents events;
    private final Traffic traffic = new Traffic(null);

    /** Relays, quota, ids and events are shared with the tables of the other event loops. */
    public AllocationTable(Relays relays, Quota quota, NanoClock clock, Supplier<String> ids, AllocationEvents events) {
        this.relays = relays;
        this.quota = quota;
        this.clock = clock;
        this.ids = ids;
        this.events = events;
    }

    /** The live allocation of a five-tuple, or null. */
    public @Nullable Allocation find(FiveTuple fiveTuple) {
        Allocation allocation = byFiveTuple.get(fiveTuple);
        return allocation == null || allocation.isExpired(clock.nanoTime()) ? null : allocation;
    }

    /** Opens an allocation for a five-tuple that has none; 486 and 508 leave everything as it was. */
    public Allocation open(ClientPath path, Owner owner, TransactionId transaction, Wish wish) {
        sweep(path.fiveTuple());
        Quota.Share share = quota.open(owner.username());
        try {
            Inbound inbound = new Inbound();
            Relay relay = relays.open(path.loop(), wish.family(), wish.evenPort(), inbound);
            Allocation allocation =
                    new Allocation(ids.get(), path, owner, relay, transaction, clock, share, new Traffic(traffic));
            inbound.allocation = allocation;
            allocation.refresh(wish.lifetimeSeconds());
            byFiveTuple.put(path.fiveTuple(), allocation);
            events.opened(allocation, wish.lifetimeSeconds());
            return allocation;
        } catch (StunException e) {
            share.close();
            throw e;
        }
    }

    /** Sets an allocation's time to expiry anew. */
    public void refresh(Allocation allocation, long lifetimeSeconds) {
        allocation.refresh(lifetimeSeconds);
        events.refreshed(allocation, lifetimeSeconds);
    }

    /** Ends the allocation of a five-tuple, if there is one. */
    public void delete(FiveTuple fiveTuple, EndReason reason) {
        Allocation allocation = byFiveTuple.remove(fiveTuple);
        if (allocation != null) {
            end(allocation, reason);
        }
    }

    /** Ends what has expired; once a second is enough, since expired state is not used even before. */
    public void sweep() {
        long now = clock.nanoTime();
        for (Iterator<Allocation> all = byFiveTuple.values().iterator(); all.hasNext(); ) {
            Allocation allocation = all.next();
            if (allocation.isExpired(now)) {
                all.remove();
                end(allocation, EndReason.EXPIRED);
            } else {
                allocation.removeExpired(now);
            }
        }
    }

    /** Ends all, at shutdown. */
    public void clear() {
        List<FiveTuple> all = List.copyOf(byFiveTuple.keySet());
        all.forEach(fiveTuple -> delete(fiveTuple, EndReason.STOPPED));
    }

    public int size() {
        return byFiveTuple.size();
    }

    /** What this event loop has relayed since it started, live; to be read on it. */
    public Traffic traffic() {
        return traffic;
    }

    private void sweep(FiveTuple fiveTuple) {
        if (find(fiveTuple) == null) {
            delete(fiveTuple, EndReason.EXPIRED);
        }
    }

    private void end(Allocation allocation, EndReason reason) {
        allocation.close();
        events.ended(allocation, reason);
    }

    /** A relay needs its listener before the allocation that listens can exist. */
    private static final class Inbound implements PeerTraffic {
        private @Nullable Allocation allocation;

        @Override
        public void received(InetSocketAddress peer, ByteBuf data) {
            if (allocation != null) {
                allocation.received(peer, data);
            }
        }
    }
}
