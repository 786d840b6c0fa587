package org.pinhole.ue.outbound;

import java.time.Duration;
import java.time.Instant;
import org.pinhole.ue.tunnel.TunnelRoute;

/** One member of the outbound-proxy-set: where it is, and how it behaved so far. Lives on the loop. */
final class Edge {
    /** A flow that is lost sooner after it was formed is a failure too, from the second in a row. */
    private static final Duration STOOD = Duration.ofMinutes(2);

    private final TunnelRoute route;
    private int failures;
    private int brief;
    private Instant formedAt = Instant.MIN;
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
    void formed(Instant now) {
        failures = 0;
        formedAt = now;
    }

    /**
     * A flow that stood is gone; forming the next one need not wait (RFC 5626 §4.5).
     *
     * @return how many in a row before this one did not stand for long
     */
    int lost(Instant now) {
        inUse = false;
        lastFailed = now;
        notBefore = now;
        int before = brief;
        brief = now.isBefore(formedAt.plus(STOOD)) ? brief + 1 : 0;
        return brief == 0 ? 0 : before;
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
