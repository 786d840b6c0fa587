package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once in the log that an allocation opened, and once that it ended. */
public final class AllocationLog implements AllocationEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationLog.class);

    @Override
    public void opened(Allocation allocation, long lifetimeSeconds) {
        LOG.info("{}: opened for {} s", allocation, lifetimeSeconds);
    }

    @Override
    public void refreshed(Allocation allocation, long lifetimeSeconds) {
        LOG.debug("{}: refreshed for {} s", allocation, lifetimeSeconds);
    }

    @Override
    public void ended(Allocation allocation, EndReason reason) {
        LOG.info("{}: ended, {}; {}", allocation, reason, allocation.traffic());
    }

    @Override
    public void connectionBound(Allocation allocation, InetSocketAddress peer) {
        LOG.debug("{}: connection with {} bound", allocation, peer);
    }

    @Override
    public void connectionEnded(Allocation allocation, InetSocketAddress peer) {
        LOG.debug("{}: connection with {} ended", allocation, peer);
    }
}
