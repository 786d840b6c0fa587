package org.pinhole.ue.rtp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one medium, both ways.
 *
 * @param lostOnTheWayOut what the far end missed of ours when it last reported, or null when it never did
 * @param roundTrip as the far end's last report tells it, or null
 */
public record RtpFigures(
        long sent,
        long received,
        long lost,
        @Nullable Integer lostOnTheWayOut,
        @Nullable Duration roundTrip) {
    /** For people. */
    @Override
    public String toString() {
        return sent + " sent, " + (lostOnTheWayOut == null ? "not reported on" : lostOnTheWayOut + " lost") + "; "
                + received + " received, " + lost + " lost; round trip "
                + (roundTrip == null ? "unknown" : roundTrip.toNanos() / 1000 + " us");
    }
}
