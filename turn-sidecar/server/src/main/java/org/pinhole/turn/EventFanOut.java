package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.util.List;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationEvents;
import org.pinhole.turn.allocation.EndReason;

/** Tells several, in their order. */
record EventFanOut(List<AllocationEvents> all) implements AllocationEvents {

    @Override
    public void opened(Allocation allocation, long lifetimeSeconds) {
        all.forEach(one -> one.opened(allocation, lifetimeSeconds));
    }

    @Override
    public void refreshed(Allocation allocation, long lifetimeSeconds) {
        all.forEach(one -> one.refreshed(allocation, lifetimeSeconds));
    }

    @Override
    public void ended(Allocation allocation, EndReason reason) {
        all.forEach(one -> one.ended(allocation, reason));
    }

    @Override
    public void connectionBound(Allocation allocation, InetSocketAddress peer) {
        all.forEach(one -> one.connectionBound(allocation, peer));
    }

    @Override
    public void connectionEnded(Allocation allocation, InetSocketAddress peer) {
        all.forEach(one -> one.connectionEnded(allocation, peer));
    }
}
