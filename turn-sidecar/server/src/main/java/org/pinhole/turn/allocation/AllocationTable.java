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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The allocations of one event loop, found by five-tuple; touched on that loop only. */
public final class AllocationTable {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationTable.class);

    /** What an Allocate asked for, once its values have been checked. */
    public record Wish(StandardProtocolFamily family, boolean evenPort, long lifetimeSeconds) {}

    private final Map<FiveTuple, Allocation> byFiveTuple = new HashMap<>();
    private final Relays relays;
    private final Quota quota;
    private final NanoClock clock;
    private final Supplier<String> ids;

    /** Relays, quota and ids are shared with the tables of the other event loops. */
    public AllocationTable(Relays relays, Quota quota, NanoClock clock, Supplier<String> ids) {
        this.relays = relays;
        this.quota = quota;
        this.clock = clock;
        this.ids = ids;
    }

    /** The live allocation of a five-tuple, or null. */
    public @Nullable Allocation find(FiveTuple fiveTuple) {
        Allocation allocation = byFiveTuple.get(fiveTuple);
        return allocation == null || allocation.isExpired(clock.nanoTime()) ? null : allocation;
    }

    /** Opens an allocation for a five-tuple that has none; 486 and 508 leave everything as it was. */
    public Allocation open(ClientPath path, Owner owner, TransactionId transaction, Wish wish) {
        sweep(path.fiveTuple());
        quota.take(owner.username());
        try {
            Inbound inbound = new Inbound();
            Relay relay = relays.open(path.loop(), wish.family(), wish.evenPort(), inbound);
            Allocation allocation = new Allocation(ids.get(), path, owner, relay, transaction, clock);
            inbound.allocation = allocation;
            allocation.refresh(wish.lifetimeSeconds());
            byFiveTuple.put(path.fiveTuple(), allocation);
            LOG.info("{}: opened for {} s", allocation, wish.lifetimeSeconds());
            return allocation;
        } catch (StunException e) {
            quota.giveBack(owner.username());
            throw e;
        }
    }

    /** Ends the allocation of a five-tuple, if there is one. */
    public void delete(FiveTuple fiveTuple, String reason) {
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
                end(allocation, "expired");
            } else {
                allocation.removeExpired(now);
            }
        }
    }

    /** Ends all, at shutdown. */
    public void clear() {
        List<FiveTuple> all = List.copyOf(byFiveTuple.keySet());
        all.forEach(fiveTuple -> delete(fiveTuple, "server stops"));
    }

    public int size() {
        return byFiveTuple.size();
    }

    private void sweep(FiveTuple fiveTuple) {
        if (find(fiveTuple) == null) {
            delete(fiveTuple, "expired");
        }
    }

    private void end(Allocation allocation, String reason) {
        allocation.close();
        quota.giveBack(allocation.owner().username());
        LOG.info("{}: ended, {}", allocation, reason);
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
