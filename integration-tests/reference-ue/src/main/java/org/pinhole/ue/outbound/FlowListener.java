package org.pinhole.ue.outbound;

import java.time.Duration;
import org.pinhole.ue.tunnel.TunnelRoute;

/** Told of every change of state of a UE's flows, one line each. Called on the loop: return soon. */
public interface FlowListener<F> {
    void formed(int regId, TunnelRoute route, F flow);

    void lost(int regId, TunnelRoute route, String reason);

    void refused(int regId, TunnelRoute route, String reason);

    /** Nothing can be dialled for this flow before that time has passed. */
    void waiting(int regId, Duration time);
}
