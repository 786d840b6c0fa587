package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationEvents;
import org.pinhole.turn.allocation.EndReason;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.metrics.Histogram;

/** What happened to allocations, counted for the metrics. From every event loop. */
final class AllocationCounts implements AllocationEvents {
    private final Map<TransportProtocol, LongAdder> opened = new EnumMap<>(TransportProtocol.class);
    private final Map<EndReason, LongAdder> ended = new EnumMap<>(EndReason.class);
    private final LongAdder refreshed = new LongAdder();
    private final LongAdder connectionsBound = new LongAdder();
    private final Histogram lifetimes = new Histogram(1, 3, 10, 30, 60, 180, 600, 1800, 3600, 10_800, 36_000);

    AllocationCounts() {
        for (TransportProtocol transport : TransportProtocol.values()) {
            opened.put(transport, new LongAdder());
        }
        for (EndReason reason : EndReason.values()) {
            ended.put(reason, new LongAdder());
        }
    }

    @Override
    public void opened(Allocation allocation, long lifetimeSeconds) {
        Objects.requireNonNull(opened.get(allocation.fiveTuple().transport())).increment();
    }

    @Override
    public void refreshed(Allocation allocation, long lifetimeSeconds) {
        refreshed.increment();
    }

    @Override
    public void ended(Allocation allocation, EndReason reason) {
        Objects.requireNonNull(ended.get(reason)).increment();
        lifetimes.observe(allocation.ageMillis() / 1e3);
    }

    @Override
    public void connectionBound(Allocation allocation, InetSocketAddress peer) {
        connectionsBound.increment();
    }

    @Override
    public void connectionEnded(Allocation allocation, InetSocketAddress peer) {}

    long opened(TransportProtocol transport) {
        return Objects.requireNonNull(opened.get(transport)).sum();
    }

    long ended(EndReason reason) {
        return Objects.requireNonNull(ended.get(reason)).sum();
    }

    long refreshed() {
        return refreshed.sum();
    }

    long connectionsBound() {
        return connectionsBound.sum();
    }

    /** Seconds from the Allocate to the end. */
    Histogram lifetimes() {
        return lifetimes;
    }
}
