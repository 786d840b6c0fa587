package org.pinhole.ue.outbound;

import java.time.Duration;
import org.pinhole.ue.tunnel.TunnelRoute;

/** Forms one flow: connects, registers, and sees a pong where pings were agreed on. Must not block the loop. */
interface FlowDialer<F> {
    void dial(TunnelRoute route, int regId, Outcome<F> outcome);

    /** What became of it; told on the loop, {@code formed} before {@code lost}, {@code refused} alone. */
    interface Outcome<F> {
        void formed(F flow);

        /** A flow that was formed is gone. */
        void lost(String reason);

        /** No flow came about; {@code retryAfter} is what the far end asked us to wait, or zero. */
        void refused(String reason, Duration retryAfter);
    }
}
