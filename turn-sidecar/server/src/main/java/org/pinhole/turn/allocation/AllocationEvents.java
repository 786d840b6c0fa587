package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;

/**
 * Who is told what happens to allocations: the log and the metrics. Called on the allocation's event loop, so what it
 * reads of the allocation is consistent; it never blocks.
 */
public interface AllocationEvents {

    /** An allocation has been opened for so many seconds. */
    void opened(Allocation allocation, long lifetimeSeconds);

    /** Its client has refreshed it for so many seconds. */
    void refreshed(Allocation allocation, long lifetimeSeconds);

    /** It has ended; {@link Allocation#traffic} says what it relayed. */
    void ended(Allocation allocation, EndReason reason);

    /** A peer's TCP connection carries data from now on (RFC 6062). */
    void connectionBound(Allocation allocation, InetSocketAddress peer);

    /** A peer's TCP connection is over, bound or not. */
    void connectionEnded(Allocation allocation, InetSocketAddress peer);
}
