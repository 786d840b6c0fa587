package org.pinhole.connector.transport;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.function.Predicate;

/**
 * Whether what claims to belong to a dialog comes by a way that this container gave (RFC 3261 §12.2.1.1): by its own
 * Record-Route, which names an application and a session, or to nobody but the container itself. Anything else it would send on,
 * without asking any application, to wherever the phone has written. Pure.
 */
final class DialogRoutes {
    private static final String APPLICATION = "appname";
    private static final String SESSION = "app_id";

    private final Predicate<Object> own;
    private final Predicate<SIPRequest> pending;

    /**
     * @param own whether a URI leads to this container
     * @param pending whether an ACK ends a transaction that the container has: its route is then that of the INVITE, which an
     *     application was asked about (RFC 3261 §17.1.1.3)
     */
    DialogRoutes(Predicate<Object> own, Predicate<SIPRequest> pending) {
        this.own = own;
        this.pending = pending;
    }

    boolean lead(SIPRequest request) {
        return leadByRoute(request) || (request.getMethod().equals(SIPRequest.ACK) && pending.test(request));
    }

    private boolean leadByRoute(SIPRequest request) {
        RouteList routes = request.getRouteHeaders();
        if (routes == null || routes.isEmpty()) {
            return own.test(request.getRequestURI());
        }
        Object first = uriOf((Route) routes.getFirst());
        return own.test(first)
                && (isOfADialog(first)
                        || (own.test(request.getRequestURI())
                                && routes.stream().allMatch(route -> own.test(uriOf(route)))));
    }

    private static boolean isOfADialog(Object uri) {
        return uri instanceof SipUri && isNamed((SipUri) uri, APPLICATION) && isNamed((SipUri) uri, SESSION);
    }

    private static boolean isNamed(SipUri uri, String parameter) {
        String value = uri.getParameter(parameter);
        return value != null && !value.isEmpty();
    }

    private static Object uriOf(Route route) {
        return route.getAddress().getURI();
    }
}
