package org.pinhole.app.pcscf;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowRegistry.Standing;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * What the core sends to a phone of a P-CSCF (TS 24.229 5.2.6.4): from the core only, and to a flow that is bound only. The
 * phone's answers go back under the identity that was called and with the charging of the request. Where it is delivered the
 * next step sees to; what is not for the phone's ears the connector takes off.
 */
final class TerminatingStep implements Step {
    private static final String CHARGING = "P-Charging-Vector";

    private final FlowRegistry flows;
    private final Associations associations;

    TerminatingStep(FlowRegistry flows, Associations associations) {
        this.flows = flows;
        this.associations = associations;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        Flow flow = named(exchange);
        if (flow == null || !PcscfSettings.areOf(flow.settings())) {
            return StepResult.CONTINUE;
        }
        List<String> core = PcscfSettings.of(flow.settings()).coreSources();
        if (!core.isEmpty() && !core.contains(String.valueOf(exchange.sourceAddress()))) {
            exchange.reply(Reply.of(403, "Not From The Core"));
            return StepResult.DONE;
        }
        Association association = associations.find(flow);
        if (association == null) {
            exchange.reply(Reply.of(430, "Flow Failed")); // nobody is registered on it any more
            return StepResult.DONE;
        }
        PublicIdentity called = called(exchange.headers("P-Called-Party-ID"), association);
        List<String> charging = exchange.headers(CHARGING);
        exchange.onResponse(response -> answered(response, called, charging));
        return StepResult.CONTINUE;
    }

    private @Nullable Flow named(Exchange exchange) {
        String user = exchange.namedUser();
        return user != null && flows.standing(user) == Standing.OPEN ? flows.find(FlowToken.of(user)) : null;
    }

    private static PublicIdentity called(List<String> fields, Association association) {
        try {
            for (String uri : HeaderValues.urisOf(fields)) {
                PublicIdentity registered = association.find(PublicIdentity.of(uri));
                if (registered != null) {
                    return registered;
                }
            }
            return association.defaultIdentity();
        } catch (SipFormatException malformed) {
            return association.defaultIdentity();
        }
    }

    private static void answered(PassingResponse response, PublicIdentity called, List<String> charging) {
        response.setHeaders("P-Asserted-Identity", Collections.singletonList("<" + called + ">"));
        response.setHeaders("P-Preferred-Identity", Collections.emptyList());
        response.setHeaders(CHARGING, charging);
    }
}
