package org.pinhole.app.outbound;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowRegistry.Standing;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.OnceAMinute;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.chain.TrustedSources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that name a phone's flow by its token, as the Path of a registration has it, go there (RFC 5626 §5.3): unless it is
 * the flow that they came on, which makes them outgoing. A forged token is answered 403, one of a flow that is gone 430.
 *
 * <p>Who was ever in a call with a phone may know its token. So what comes on a connector of the container's own, where nobody
 * is asked for a password, must come from a server that is trusted; and where a next hop decides who may call whom, no phone
 * gets past it.
 */
public final class DeliverStep implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverStep.class);

    private final FlowRegistry flows;
    private final OnceAMinute complaint;

    /** A step that delivers to the flows of this registry, and complains of strangers once a minute of this clock. */
    public DeliverStep(FlowRegistry flows, LongSupplier clockMillis) {
        this.flows = flows;
        this.complaint = new OnceAMinute(clockMillis);
    }

    @Override
    public StepResult handle(Exchange exchange) {
        String user = exchange.namedUser();
        Standing standing = flows.standing(user);
        if (user == null || standing == Standing.NO_TOKEN || exchange.method().equals("REGISTER")) {
            return StepResult.CONTINUE;
        }
        if (standing == Standing.FORGED) {
            return answer(exchange, Reply.of(403, "Flow Token Not Genuine"));
        }
        Flow named = standing == Standing.OPEN ? flows.find(FlowToken.of(user)) : null;
        if (named == null) {
            return answer(exchange, Reply.of(430, "Flow Failed"));
        }
        Flow arrival = exchange.flow();
        if (isSame(named, arrival)) {
            return StepResult.CONTINUE;
        }
        if (arrival == null && !TrustedSources.of(named.settings()).contain(exchange.sourceAddress())) {
            complain(exchange);
            return answer(exchange, Reply.of(403, "Not From A Trusted Source"));
        }
        if (arrival != null && hasNextHop(arrival)) {
            return answer(exchange, Reply.of(403, "Not By Way Of The Next Hop"));
        }
        exchange.forward(Onward.to(named));
        return StepResult.DONE;
    }

    private void complain(Exchange exchange) {
        if (complaint.now()) {
            LOG.warn(
                    "a {} from {} to a phone was refused; if it is a server of yours, list it in pinhole.trusted-sources",
                    exchange.method(),
                    exchange.sourceAddress());
        }
    }

    private static boolean hasNextHop(Flow arrival) {
        return !arrival.settings().getOrDefault("pinhole.next-hop", "").isEmpty();
    }

    private static boolean isSame(Flow named, @Nullable Flow arrival) {
        return arrival != null && arrival.token().equals(named.token());
    }

    private static StepResult answer(Exchange exchange, Reply reply) {
        exchange.reply(reply);
        return StepResult.DONE;
    }
}
