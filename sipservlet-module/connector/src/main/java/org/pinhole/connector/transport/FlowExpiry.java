package org.pinhole.connector.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.pinhole.connector.keepalive.ExpiryWheel;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.transport.ConnectorCounters.Closed;

/**
 * Ends the flows of one connector whose negotiated pings have stopped, so that what is routed to them fails at once
 * instead of in half a minute. Safe for any thread.
 */
final class FlowExpiry {
    private final LongSupplier nanoTime;
    private final ExpiryWheel<SipFlow> wheel;

    FlowExpiry(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.wheel = new ExpiryWheel<>(nanoTime.getAsLong());
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Something may have been negotiated on the flow. */
    void watch(SipFlow flow) {
        if (flow.open()) {
            wheel.arm(flow, flow.keeping().life());
        }
    }

    /** The flow has closed. */
    void forget(SipFlow flow) {
        wheel.disarm(flow);
    }

    /** Closes what has been silent too long. Called every second. */
    void closeSilent() {
        wheel.turn(now(), this::close);
    }

    /** Whether a flow may be routed to; one that has just expired is closed here rather than at the next second. */
    boolean isAlive(SipFlow flow) {
        if (!flow.keeping().life().expired(now())) {
            return true;
        }
        close(flow, flow.keeping().life());
        return false;
    }

    private void close(SipFlow flow, FlowLife life) {
        long silent = TimeUnit.NANOSECONDS.toSeconds(now() - life.lastHeard());
        flow.close(Closed.NO_PING, "not a byte in " + silent + " s, with keep=" + life.keepSeconds() + " agreed");
    }
}
