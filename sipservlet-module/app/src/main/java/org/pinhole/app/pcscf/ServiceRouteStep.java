package org.pinhole.app.pcscf;

import java.util.Collections;
import java.util.List;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Sends a request the way that the registrar gave (RFC 3608, TS 24.229 5.2.6.3): a phone's own Route is that one, or it is
 * replaced, or the request is refused. The chain's last step.
 */
final class ServiceRouteStep implements Step {
    private final Associations associations;
    private final String nextHop;
    private final boolean replaces;

    /** A step that sends to the next hop what was given no route. */
    ServiceRouteStep(Associations associations, String nextHop, boolean replaces) {
        this.associations = associations;
        this.nextHop = nextHop;
        this.replaces = replaces;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        Flow flow = exchange.requireFlow();
        Association association = associations.find(flow);
        List<String> given = association == null ? Collections.emptyList() : association.serviceRoute();
        if (!replaces && !isSame(exchange.headers("Route"), given)) {
            exchange.reply(Reply.of(400, "Route Is Not The Service-Route"));
        } else {
            exchange.forward(Onward.along(flow, given.isEmpty() ? Collections.singletonList(nextHop) : given));
        }
        return StepResult.DONE;
    }

    private static boolean isSame(List<String> fields, List<String> given) {
        try {
            List<String> routes = HeaderValues.urisOf(fields);
            boolean same = routes.size() == given.size();
            for (int i = 0; same && i < routes.size(); i++) {
                same = SipUri.parse(routes.get(i)).matches(SipUri.parse(given.get(i)));
            }
            return same;
        } catch (SipFormatException malformed) {
            return false;
        }
    }
}
