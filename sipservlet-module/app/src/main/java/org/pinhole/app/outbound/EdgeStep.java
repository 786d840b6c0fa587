package org.pinhole.app.outbound;

import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/** Sends the request on: to the operator's application in the same container, or to the next hop. The chain's last step. */
public final class EdgeStep implements Step {
    @Override
    public StepResult handle(Exchange exchange) {
        exchange.forward();
        return StepResult.DONE;
    }
}
