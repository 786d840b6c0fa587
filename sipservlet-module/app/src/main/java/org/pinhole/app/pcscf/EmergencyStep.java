package org.pinhole.app.pcscf;

import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.pinhole.bridge.EmergencyTargets;

/**
 * Requests for help (RFC 5031, TS 24.229 5.2.10): from whomever they come, registered or not, they go to the emergency
 * server, or are refused with the word that another network is to be tried. Nobody is challenged.
 */
final class EmergencyStep implements Step {
    private static final String BODY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
            + "<ims-3gpp version=\"1\"><alternative-service><type><emergency/></type>"
            + "<reason>Emergency calls are not served here</reason></alternative-service></ims-3gpp>\r\n";

    private final EmergencyTargets targets;
    private final @Nullable String route;
    private final String network;
    private final Associations associations;
    private final EmergencyCalls calls;

    /** A step that sends them there, or where that is nowhere refuses them in the name of this network. */
    EmergencyStep(PcscfSettings settings, Associations associations, EmergencyCalls calls) {
        this.targets = settings.emergencyTargets();
        this.route = settings.emergencyRoute();
        this.network = settings.visitedNetwork();
        this.associations = associations;
        this.calls = calls;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        if (!targets.contain(exchange.requestUri())) {
            return StepResult.CONTINUE;
        }
        if (route == null) {
            exchange.reply(Reply.of(380, "Alternative Service")
                    .with("P-Asserted-Identity", "<sip:" + network + ">") // or the phone would not believe it
                    .withBody("application/3gpp-ims+xml", BODY));
            return StepResult.DONE;
        }
        Flow flow = exchange.requireFlow();
        exchange.setHeaders("P-Preferred-Identity", Collections.emptyList());
        Association association = associations.find(flow);
        if (association != null) {
            exchange.addHeader("P-Asserted-Identity", "<" + association.defaultIdentity() + ">");
        }
        if (exchange.method().equals("INVITE")) {
            String call = EmergencyCalls.callOf(exchange);
            exchange.onResponse(response -> calls.answered(flow, call, response));
        }
        exchange.forward(Onward.along(flow, Collections.singletonList(route)));
        return StepResult.DONE;
    }
}
