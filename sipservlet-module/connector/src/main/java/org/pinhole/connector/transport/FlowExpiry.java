package org.pinhole.connector.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.pinhole.connector.keepalive.ExpiryWheel;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.transport.ConnectorCounters.Closed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the flows of one connector whose negotiated pings have stopped, so that what is routed to them fails at once
 * instead of in half a minute. Safe for any thread.
 */
final class FlowExpiry {
    /** So often that none stands for more than a second too long. */
    static final long LOOKS_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(FlowExpiry.class);

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

    /** Closes what has been silent too long. Called every {@link #LOOKS_MILLIS}, and once more whatever goes wrong in it. */
    void closeSilent() {
        try {
            wheel.turn(now(), this::close);
        } catch (RuntimeException fault) { // a timer that throws is never called again
            LOG.error("flows that were silent for too long could not be closed", fault);
        }
    }

    /** Whether a flow may be routed to; one that has just expired is closed here rather than at the next look. */
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
