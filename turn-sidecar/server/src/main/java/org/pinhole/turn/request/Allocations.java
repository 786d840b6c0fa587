package org.pinhole.turn.request;

import org.pinhole.stun.StunException;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationTable;

/** The checks of RFC 8656 §5 that every request about an existing allocation begins with. */
final class Allocations {
    private Allocations() {}

    /** 437 without an allocation, 441 with somebody else's credentials. */
    static Allocation require(AllocationTable table, Request request) {
        Allocation allocation = table.find(request.fiveTuple());
        if (allocation == null) {
            throw new StunException(437, "no allocation on this five-tuple");
        }
        if (!allocation.owner().username().equals(request.user().name())) {
            throw new StunException(441, "the allocation is another user's");
        }
        return allocation;
    }
}
