package org.pinhole.ue.outbound;

import java.time.Instant;
import org.pinhole.ue.tunnel.TunnelRoute;

/** One member of the outbound-proxy-set: where it is, and how it behaved so far. Lives on the loop. */
final class Edge {
    private final TunnelRoute route;
    private int failures;
    private Instant notBefore = Instant.MIN;
    private Instant lastFailed = Instant.MIN;
    private boolean inUse;

    Edge(TunnelRoute route) {
        this.route = route;
    }

    TunnelRoute route() {
        return route;
    }

    /** Failures to form a flow in a row. */
    int failures() {
        return failures;
    }

    Instant notBefore() {
        return notBefore;
    }

    Instant lastFailed() {
        return lastFailed;
    }

    boolean inUse() {
        return inUse;
    }

    boolean readyAt(Instant now) {
        return !inUse && !now.isBefore(notBefore);
    }

    void dialled() {
        inUse = true;
    }

    /** A flow stands: registered, and a pong was seen where pings were agreed on. */
    void formed() {
        failures = 0;
    }

    /** A flow that stood is gone; forming the next one need not wait (RFC 5626 §4.5). */
    void lost(Instant now) {
        inUse = false;
        lastFailed = now;
        notBefore = now;
    }

    /** No flow came about. */
    int refused(Instant now) {
        inUse = false;
        lastFailed = now;
        return ++failures;
    }

    void leaveAloneUntil(Instant time) {
        notBefore = time;
    }
}
