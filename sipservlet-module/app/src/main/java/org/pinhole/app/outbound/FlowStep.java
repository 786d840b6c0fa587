package org.pinhole.app.outbound;

import java.util.function.LongSupplier;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.OnceAMinute;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.pinhole.bridge.NetworkHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in what arrived on a flow, without the header fields that only a trusted network may set (RFC 3325 §5). */
public final class FlowStep implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(FlowStep.class);
    private final OnceAMinute complaint;

    /** A step that complains of strays once a minute of this clock. */
    public FlowStep(LongSupplier clockMillis) {
        this.complaint = new OnceAMinute(clockMillis);
    }

    @Override
    public StepResult handle(Exchange exchange) {
        if (exchange.flow() == null) {
            complain(exchange.method());
            exchange.reply(Reply.of(403, "Not From A Pinhole Connector"));
            return StepResult.DONE;
        }
        exchange.removeHeaders(NetworkHeaders::isOne);
        return StepResult.CONTINUE;
    }

    private void complain(String method) {
        if (complaint.now()) {
            LOG.warn(
                    "a {} that came on no Pinhole connector was refused; take the application pinhole out of the"
                            + " application router's settings for stock connectors, the agent routes to it by itself",
                    method);
        }
    }
}
