package org.pinhole.ue.turn;

import java.time.Duration;

/**
 * What became of numbered packets that went from one relay to another and back.
 *
 * @param packets how many were to go
 * @param bytes the size of each
 * @param arrived how many different ones the far side got, unaltered
 * @param returned how many different ones came back, unaltered
 * @param altered how many came to either side with another content
 */
public record EchoResult(int packets, int bytes, int arrived, int returned, int altered, Duration took) {
    /** Those that did not come back. */
    public int lost() {
        return packets - returned;
    }

    /** Whether all arrived and came back as they were. */
    public boolean clean() {
        return arrived == packets && returned == packets && altered == 0;
    }

    @Override
    public String toString() {
        return "%d packets of %d bytes: %d arrived, %d came back, %d lost, %d altered, %.2f s"
                .formatted(packets, bytes, arrived, returned, lost(), altered, took.toMillis() / 1e3);
    }
}
