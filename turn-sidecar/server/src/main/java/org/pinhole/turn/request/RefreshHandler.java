package org.pinhole.turn.request;

import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.StunException;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.EndReason;
import org.pinhole.turn.allocation.Lifetimes;

/** Refresh (RFC 8656 §8.2). */
final class RefreshHandler implements RequestHandler {
    private final AllocationTable table;

    RefreshHandler(AllocationTable table) {
        this.table = table;
    }

    @Override
    public Reply handle(Request request) {
        Allocation allocation = Allocations.require(table, request); // → 437, 441
        requireFamily(allocation, request.message().find(RequestedAddressFamily.TYPE)); // → 443
        Lifetime wanted = request.message().find(Lifetime.TYPE);
        if (wanted != null && wanted.seconds() == 0) {
            table.delete(request.path(), EndReason.RELEASED);
            return Reply.of(new Lifetime(0));
        }
        allocation.goesOnWith(request.owner());
        table.refresh(allocation, wanted == null ? Lifetimes.DEFAULT_SECONDS : Lifetimes.clamp(wanted.seconds()));
        return Reply.of(new Lifetime(allocation.remainingSeconds()));
    }

    private static void requireFamily(Allocation allocation, @Nullable RequestedAddressFamily requested) {
        if (requested != null && !allocation.relays(requested.family())) {
            throw new StunException(443, "the allocation is not of family %d".formatted(requested.family()));
        }
    }
}
