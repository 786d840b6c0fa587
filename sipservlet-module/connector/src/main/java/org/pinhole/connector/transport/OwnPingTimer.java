package org.pinhole.connector.transport;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.keepalive.OwnPings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The timer of the edge's own keep-alive of one flow, on that flow's event loop; {@link OwnPings} is the rule. */
final class OwnPingTimer {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPingTimer.class);

    private final SipFlow flow;
    private final OwnPings pings;
    private final LongSupplier nanoTime;
    private @Nullable Future<?> next;
    private boolean pinged;
    private long lastPing;

    OwnPingTimer(SipFlow flow, OwnPings pings, LongSupplier nanoTime) {
        this.flow = flow;
        this.pings = pings;
        this.nanoTime = nanoTime;
    }

    /** The flow has opened. */
    void start() {
        schedule(nanoTime.getAsLong());
    }

    private void schedule(long now) {
        long delay = pings.untilNext(life(), now);
        next = flow.eventLoop().schedule(this::look, delay, TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (!flow.open()) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (pinged) {
            pings.stood(flow.device(), lastPing, now);
        }
        if (pings.isDue(life(), flow.device(), now)) {
            pinged = true;
            lastPing = now;
            flow.lineBreak();
        }
        schedule(now);
    }

    /** The flow has ended. */
    void stop() {
        if (next != null) {
            next.cancel(false);
        }
        boolean inGoodOrder = flow.ending() == Ending.BY_PHONE;
        if (pinged && inGoodOrder && pings.hungUp(life(), flow.device(), lastPing, nanoTime.getAsLong())) {
            LOG.info(
                    "{} hung up over a line break twice, now on flow {}, and is sent no more",
                    flow.device(),
                    flow.id());
        }
    }

    private FlowLife life() {
        return flow.keeping().life();
    }
}
