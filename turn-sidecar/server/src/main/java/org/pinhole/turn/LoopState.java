package org.pinhole.turn;

import org.pinhole.turn.allocation.Traffic;
import org.pinhole.turn.request.RequestRouter;

/** What event loops hold and have relayed; each says it for itself, and it adds up. */
record LoopState(
        int allocations,
        long toPeerPackets,
        long toPeerBytes,
        long toClientPackets,
        long toClientBytes,
        long droppedPackets) {
    static final LoopState NONE = new LoopState(0, 0, 0, 0, 0, 0);

    /** On the router's event loop. */
    static LoopState of(RequestRouter router) {
        Traffic traffic = router.traffic();
        return new LoopState(
                router.allocations(),
                traffic.toPeerPackets(),
                traffic.toPeerBytes(),
                traffic.toClientPackets(),
                traffic.toClientBytes(),
                traffic.droppedPackets());
    }

    LoopState plus(LoopState more) {
        return new LoopState(
                allocations + more.allocations,
                toPeerPackets + more.toPeerPackets,
                toPeerBytes + more.toPeerBytes,
                toClientPackets + more.toClientPackets,
                toClientBytes + more.toClientBytes,
                droppedPackets + more.droppedPackets);
    }
}
