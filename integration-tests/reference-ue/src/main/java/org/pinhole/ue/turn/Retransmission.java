package org.pinhole.ue.turn;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** How long to wait after each sending of a request (RFC 8489 §6.2.1, §6.2.2): as many sendings as there are waits. */
final class Retransmission {
    private static final long RTO_MILLIS = 500;
    private static final int RC = 7;
    private static final int RM = 16;

    /** RTO doubled each time, Rc sendings, and Rm times RTO after the last. */
    private static final List<Duration> UDP = IntStream.range(0, RC)
            .mapToObj(i -> Duration.ofMillis(RTO_MILLIS * (i == RC - 1 ? RM : 1L << i)))
            .toList();

    /** Ti: as long as the whole of it takes over UDP. */
    private static final List<Duration> STREAM = List.of(UDP.stream().reduce(Duration.ZERO, Duration::plus));

    private Retransmission() {}

    static List<Duration> waits(boolean reliable) {
        return reliable ? STREAM : UDP;
    }
}
