package org.pinhole.connector.hook;

import gov.nist.javax.sip.stack.SIPServerTransaction;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.message.SipServletMessageImpl;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowRegistry.Standing;
import org.pinhole.connector.transport.Arrivals;

/**
 * Whether a request that came on a connector of the container's own is meant for a phone's flow: it came by the Path of a
 * registration, so that the container has just taken our Route with a token from it, or its Request-URI is a Contact that we
 * rewrote. Requests that applications of this container make name flows too, and are none of these: they leave by themselves.
 */
final class NamedFlow {
    private NamedFlow() {}

    static boolean isNamedBy(SipServletRequest request, FlowRegistry flows) {
        if (!(request instanceof SipServletMessageImpl)) {
            return false;
        }
        Object transaction = ((SipServletMessageImpl) request).getTransaction();
        if (!(transaction instanceof SIPServerTransaction)
                || !Arrivals.isStock(((SIPServerTransaction) transaction).getMessageChannel())) {
            return false;
        }
        Address popped = request.getPoppedRoute();
        return isToken(popped == null ? null : popped.getURI(), flows)
                || (isRewrittenContact(request.getRequestURI()) && isToken(request.getRequestURI(), flows));
    }

    private static boolean isToken(@Nullable URI uri, FlowRegistry flows) {
        return uri instanceof SipURI && flows.standing(((SipURI) uri).getUser()) != Standing.NO_TOKEN;
    }

    private static boolean isRewrittenContact(URI uri) {
        return uri instanceof SipURI && Arrivals.isRewrittenContact(((SipURI) uri).getParameterNames());
    }
}
