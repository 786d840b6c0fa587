package org.pinhole.turn.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.pinhole.turn.metrics.Histogram;

/** What happens on the TCP and TLS connections of all listeners. Counted on the event loops, read by anybody. */
public final class StreamCounts {
    private final LongAdder accepted = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
    private final Histogram handshakes = Histogram.ofSeconds();
    private final LongAdder failedHandshakes = new LongAdder();
    private final LongAdder droppedSmall = new LongAdder();
    private final LongAdder droppedLarge = new LongAdder();
    private final LongAdder acceptPauses = new LongAdder();

    public StreamCounts() {
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    void accept() {
        accepted.increment();
    }

    void refuse(Refusal why) {
        adder(why).increment();
    }

    void handshakeDone(long nanos) {
        handshakes.observe(nanos / 1e9);
    }

    void handshakeFailed() {
        failedHandshakes.increment();
    }

    void dropSmall() {
        droppedSmall.increment();
    }

    void dropLarge() {
        droppedLarge.increment();
    }

    void pauseAccepting() {
        acceptPauses.increment();
    }

    public long accepted() {
        return accepted.sum();
    }

    public long refused(Refusal why) {
        return adder(why).sum();
    }

    /** Seconds that completed TLS handshakes took. */
    public Histogram handshakes() {
        return handshakes;
    }

    public long failedHandshakes() {
        return failedHandshakes.sum();
    }

    /** Packets up to {@link RelayQueue#SMALL_BYTES} that a slow client lost: audio. */
    public long droppedSmall() {
        return droppedSmall.sum();
    }

    /** Larger packets that a slow client lost: video. */
    public long droppedLarge() {
        return droppedLarge.sum();
    }

    /** How often descriptors ran out. */
    public long acceptPauses() {
        return acceptPauses.sum();
    }

    private LongAdder adder(Refusal why) {
        return java.util.Objects.requireNonNull(refused.get(why), "one for each");
    }
}
