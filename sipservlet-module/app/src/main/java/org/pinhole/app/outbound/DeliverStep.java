package org.pinhole.app.outbound;

import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowRegistry.Standing;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Requests that name a phone's flow by its token, as the Path of a registration has it, go there (RFC 5626 §5.3): unless it is
 * the flow that they came on, which makes them outgoing. A forged token is answered 403, one of a flow that is gone 430.
 */
public final class DeliverStep implements Step {
    private final FlowRegistry flows;

    /** A step that delivers to the flows of this registry. */
    public DeliverStep(FlowRegistry flows) {
        this.flows = flows;
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
        if (isSame(named, exchange.flow())) {
            return StepResult.CONTINUE;
        }
        exchange.forward(Onward.to(named));
        return StepResult.DONE;
    }

    private static boolean isSame(Flow named, @Nullable Flow arrival) {
        return arrival != null && arrival.token().equals(named.token());
    }

    private static StepResult answer(Exchange exchange, Reply reply) {
        exchange.reply(reply);
        return StepResult.DONE;
    }
}
