package org.pinhole.app.outbound;

import java.util.Collections;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * What being authenticated is worth: a REGISTER may bind the user's own address-of-record only (RFC 3261 §10.3 step 4); all
 * else carries the user on as P-Asserted-Identity (RFC 3325 §5).
 */
public final class IdentityStep implements Step {
    @Override
    public StepResult handle(Exchange exchange) {
        Identity identity = exchange.identity();
        if (identity == null) {
            throw new IllegalStateException("nobody was authenticated before the identity is asserted");
        }
        exchange.setHeaders("P-Preferred-Identity", Collections.emptyList()); // a hint for us (RFC 3325 §9.2)
        if (!exchange.method().equals("REGISTER")) {
            exchange.addHeader("P-Asserted-Identity", "<" + identity.uri() + ">");
            return StepResult.CONTINUE;
        }
        try {
            return requireOwnAddress(exchange, identity);
        } catch (SipFormatException malformed) {
            exchange.reply(Reply.of(400, "Bad To: " + malformed.getMessage()));
            return StepResult.DONE;
        }
    }

    private static StepResult requireOwnAddress(Exchange exchange, Identity identity) {
        String to = exchange.header("To");
        SipUri addressOfRecord =
                SipUri.parse(NameAddress.parse(to == null ? "" : to).uri());
        boolean ownUser = identity.user().equals(addressOfRecord.user());
        if (ownUser && identity.realm().equalsIgnoreCase(addressOfRecord.host())) {
            return StepResult.CONTINUE;
        }
        String what = ownUser ? "To Is Not In The Realm" : "To Is Not The Authenticated User";
        exchange.reply(Reply.of(403, what));
        return StepResult.DONE;
    }
}
