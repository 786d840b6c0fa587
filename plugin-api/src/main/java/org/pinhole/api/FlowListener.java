package org.pinhole.api;

/** Is told when flows die. Called on a connector's event loop: return fast, never block, never throw. */
public interface FlowListener {
    /**
     * The flow's connection has ended: bindings over it are to be dropped (RFC 5626 §7).
     *
     * @param reason why, in a few words for a log
     */
    void flowClosed(Flow flow, String reason);
}
