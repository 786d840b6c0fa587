package org.pinhole.turn.request;

import org.pinhole.stun.StunException;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.TcpAllocation;
import org.pinhole.turn.allocation.UdpAllocation;

/** The checks of RFC 8656 §5 that every request about an existing allocation begins with. */
final class Allocations {
    private Allocations() {}

    /** 437 without an allocation, 441 with somebody else's credentials. */
    static Allocation require(AllocationTable table, Request request) {
        Allocation allocation = table.find(request.path());
        if (allocation == null) {
            throw new StunException(437, "no allocation on this five-tuple");
        }
        if (!allocation.owner().isUser(request.user().account())) {
            throw new StunException(441, "the allocation is another user's");
        }
        return allocation;
    }

    /** An allocation for datagrams; 400 for one that has no channels. */
    static UdpAllocation requireUdp(AllocationTable table, Request request) {
        if (require(table, request) instanceof UdpAllocation allocation) {
            return allocation;
        }
        throw StunException.badRequest("a TCP allocation has no channels");
    }

    /** An allocation for connections; 400 for one that has none. */
    static TcpAllocation requireTcp(AllocationTable table, Request request) {
        if (require(table, request) instanceof TcpAllocation allocation) {
            return allocation;
        }
        throw StunException.badRequest("a UDP allocation has no connections");
    }
}
