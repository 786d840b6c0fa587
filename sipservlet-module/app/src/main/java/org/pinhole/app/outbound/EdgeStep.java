package org.pinhole.app.outbound;

import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Sends the request on: to the operator's application in the same container, or to the next hop. The chain's last step. A phone that
 * says {@code ob} in its Contact asks for its dialogs to stay on its flow (RFC 5626 §5.3.2).
 */
public final class EdgeStep implements Step {
    private final @Nullable String nextHop;
    private final boolean onPath;

    /**
     * A step that sends there.
     *
     * @param nextHop a SIP URI, or null: where the Request-URI leads
     * @param onPath whether all dialogs stay on the phone's flow by a Record-Route
     */
    public EdgeStep(@Nullable String nextHop, boolean onPath) {
        this.nextHop = nextHop;
        this.onPath = onPath;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        exchange.forward(Onward.from(exchange.requireFlow(), nextHop, onPath || asksForFlow(exchange)));
        return StepResult.DONE;
    }

    private static boolean asksForFlow(Exchange exchange) {
        try {
            String contact = exchange.header("Contact");
            return contact != null
                    && SipUri.parse(NameAddress.parse(contact).uri()).hasParameter("ob");
        } catch (SipFormatException none) { // whoever gets it will say so
            return false;
        }
    }
}
