package org.pinhole.turn.allocation;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.TransactionId;

/** The allocations of one event loop, found by five-tuple; touched on that loop only. */
public final class AllocationTable {
    private final Map<FiveTuple, Allocation> byFiveTuple = new HashMap<>();
    private final AllocationFactory factory;
    private final NanoClock clock;
    private final AllocationEvents events;
    private final Traffic traffic = new Traffic(null);

    /** All three are shared with the tables of the other event loops. */
    public AllocationTable(AllocationFactory factory, NanoClock clock, AllocationEvents events) {
        this.factory = factory;
        this.clock = clock;
        this.events = events;
    }

    /** The live allocation that a client reaches by its way, or null. */
    public @Nullable Allocation find(ClientPath path) {
        Allocation allocation = find(path.fiveTuple());
        return allocation != null && allocation.path().isSame(path) ? allocation : null;
    }

    /** Whether the five-tuple has a live allocation, whoever reaches it. */
    public boolean isTaken(FiveTuple fiveTuple) {
        return find(fiveTuple) != null;
    }

    /** Opens an allocation for a five-tuple that has none; 486 and 508 leave everything as it was. */
    public Allocation open(ClientPath path, Owner owner, TransactionId transaction, Wish wish) {
        sweep(path.fiveTuple());
        Allocation allocation = factory.open(path, owner, transaction, wish, traffic);
        allocation.refresh(wish.lifetimeSeconds());
        byFiveTuple.put(path.fiveTuple(), allocation);
        events.opened(allocation, wish.lifetimeSeconds());
        return allocation;
    }

    /** Sets an allocation's time to expiry anew. */
    public void refresh(Allocation allocation, long lifetimeSeconds) {
        allocation.refresh(lifetimeSeconds);
        events.refreshed(allocation, lifetimeSeconds);
    }

    /** Ends the allocation that a client reaches by its way, if there is one. */
    public void delete(ClientPath path, EndReason reason) {
        Allocation allocation = byFiveTuple.get(path.fiveTuple());
        if (allocation != null && allocation.path().isSame(path)) {
            delete(path.fiveTuple(), reason);
        }
    }

    /** The client's way is gone: so is the allocation that only it could reach, unless another way has the five-tuple now. */
    public void disconnected(ClientPath path) {
        delete(path, EndReason.DISCONNECTED);
    }

    /** Ends what has expired, and what nobody can reach any more; once a second is enough, since expired state is not used even before. */
    public void sweep() {
        long now = clock.nanoTime();
        for (Iterator<Allocation> all = byFiveTuple.values().iterator(); all.hasNext(); ) {
            Allocation allocation = all.next();
            if (allocation.isExpired(now)) {
                all.remove();
                end(allocation, EndReason.EXPIRED);
            } else if (!allocation.path().isOpen()) { // of a datagram: its listener's address is gone
                all.remove();
                end(allocation, EndReason.DISCONNECTED);
            } else {
                allocation.removeExpired(now);
            }
        }
        factory.removeExpired();
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

    private @Nullable Allocation find(FiveTuple fiveTuple) {
        Allocation allocation = byFiveTuple.get(fiveTuple);
        return allocation == null || allocation.isExpired(clock.nanoTime()) ? null : allocation;
    }

    private void sweep(FiveTuple fiveTuple) {
        if (find(fiveTuple) == null) {
            delete(fiveTuple, EndReason.EXPIRED);
        }
    }

    private void delete(FiveTuple fiveTuple, EndReason reason) {
        Allocation allocation = byFiveTuple.remove(fiveTuple);
        if (allocation != null) {
            end(allocation, reason);
        }
    }

    private void end(Allocation allocation, EndReason reason) {
        allocation.close();
        events.ended(allocation, reason);
    }
}
