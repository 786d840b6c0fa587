package org.pinhole.api.spi;

import java.util.List;
import org.pinhole.api.Flow;

/**
 * What becomes of calls when the flow of their phone dies under them (TS 24.229 5.2.8.1). New requests to the phone are
 * answered 430 by then; the other side of the call knows nothing of it before its own timers tell. A policy may have the core
 * release the call, or stop its charging. Pinhole itself sends nothing: a proxy has no BYE of its own, and the phone may be
 * back on another flow within a moment.
 *
 * <p>Found with {@link java.util.ServiceLoader} by application pinhole; several are told all. Without any, nothing is kept.
 */
public interface LostCallPolicy {
    /**
     * A flow has ended with calls on it that were accepted and not hung up. Called on an event loop: return fast, never block,
     * never throw.
     *
     * @param flow open no more; its {@link Flow#identity} says whose it was
     */
    void flowLost(Flow flow, List<LostCall> calls);
}
