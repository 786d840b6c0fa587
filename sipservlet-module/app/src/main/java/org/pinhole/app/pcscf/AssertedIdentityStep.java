package org.pinhole.app.pcscf;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Lets in what comes on a flow that is bound, and says who sent it (TS 24.229 5.2.6.3, RFC 3325 §9): the identity that the
 * phone prefers among its registered ones, else the default one. Whatever else the request says of its sender proves nothing.
 */
final class AssertedIdentityStep implements Step {
    private static final String PREFERRED = "P-Preferred-Identity";

    private final Associations associations;

    AssertedIdentityStep(Associations associations) {
        this.associations = associations;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        Association association = associations.find(exchange.flow());
        if (association == null) {
            exchange.reply(Reply.of(403, "Register First"));
            return StepResult.DONE;
        }
        PublicIdentity identity = preferred(exchange.headers(PREFERRED), association);
        exchange.setHeaders(PREFERRED, Collections.emptyList());
        exchange.addHeader("P-Asserted-Identity", "<" + identity + ">");
        Identity user = userOf(identity);
        if (user != null) {
            exchange.authenticatedAs(user);
        }
        return StepResult.CONTINUE;
    }

    private static PublicIdentity preferred(List<String> fields, Association association) {
        try {
            for (String uri : HeaderValues.urisOf(fields)) {
                PublicIdentity registered = association.find(PublicIdentity.of(uri));
                if (registered != null) {
                    return registered;
                }
            }
        } catch (SipFormatException malformed) {
            return association.defaultIdentity();
        }
        return association.defaultIdentity();
    }

    private static @Nullable Identity userOf(PublicIdentity identity) {
        SipUri sip = identity.sip();
        String user = sip == null ? null : sip.user();
        return sip == null || user == null ? null : Identity.of(user, sip.host());
    }
}
