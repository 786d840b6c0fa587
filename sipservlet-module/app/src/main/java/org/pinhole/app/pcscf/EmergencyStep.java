package org.pinhole.app.pcscf;

import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Requests for help (RFC 5031, TS 24.229 5.2.10): from whomever they come, registered or not, they go to the emergency
 * server, or are refused with the word that another network is to be tried. Nobody is challenged.
 */
final class EmergencyStep implements Step {
    private static final String SERVICE = "urn:service:sos";
    private static final String BODY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
            + "<ims-3gpp version=\"1\"><alternative-service><type><emergency/></type>"
            + "<reason>Emergency calls are not served here</reason></alternative-service></ims-3gpp>\r\n";

    private final @Nullable String route;
    private final String network;
    private final Associations associations;

    /** A step that sends them there, or with null refuses them in the name of this network. */
    EmergencyStep(@Nullable String route, String network, Associations associations) {
        this.route = route;
        this.network = network;
        this.associations = associations;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        if (!isEmergency(exchange.requestUri())) {
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
        } else if (exchange.method().equals("INVITE")) {
            exchange.onResponse(response -> letIn(flow, response.status()));
        }
        exchange.forward(Onward.along(flow, Collections.singletonList(route)));
        return StepResult.DONE;
    }

    /** What follows within the call is to be let in, too; a stranger who only asks for help stays one. */
    private static void letIn(Flow flow, int status) {
        if (status > 100 && status < 300) {
            // Each a user of its own: nobody's call for help ends for those of others.
            flow.authenticated("an emergency caller on " + flow.id());
        }
    }

    /** The service itself or one of those below it, such as {@code urn:service:sos.fire}. */
    static boolean isEmergency(String requestUri) {
        String uri = requestUri.toLowerCase(Locale.ROOT);
        return uri.equals(SERVICE) || uri.startsWith(SERVICE + ".");
    }
}
