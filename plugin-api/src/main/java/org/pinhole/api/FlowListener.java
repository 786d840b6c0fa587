package org.pinhole.api;

/**
 * Is told when flows open and when they die. Called on a connector's event loop: return fast, never block, never throw.
 * Remove it again when the application ends, or it keeps the application's classes in memory.
 */
public interface FlowListener {
    /** A phone's connection is ready to carry requests. Who it is nobody knows yet. */
    default void flowOpened(Flow flow) {
        // whoever keeps something per flow learns of it by the first request
    }

    /**
     * The flow's connection has ended: bindings over it are to be dropped (RFC 5626 §7). The flow is not found any more; a
     * request that still leads to it is answered 430.
     *
     * @param reason why, in a few words for a log
     */
    void flowClosed(Flow flow, String reason);
}
