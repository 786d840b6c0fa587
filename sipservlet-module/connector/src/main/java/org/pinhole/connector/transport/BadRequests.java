package org.pinhole.connector.transport;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPRequest;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/** What no honest phone sends, and what costs the container much: each hop of a Route, each error with its trace. Pure. */
final class BadRequests {
    static final int MAX_ROUTES = 8;

    private BadRequests() {}

    static @Nullable Refusal refusalOf(SIPRequest request) {
        RouteList routes = request.getRouteHeaders();
        if (routes != null) {
            if (routes.size() > MAX_ROUTES) {
                return new Refusal(400, "More Than " + MAX_ROUTES + " Routes");
            }
            for (Route route : routes) {
                if (!(route.getAddress().getURI() instanceof SipURI)) {
                    return new Refusal(400, "Route Is Not a SIP URI");
                }
            }
        }
        if (request.getHeader("Join") != null && request.getHeader("Replaces") != null) {
            return new Refusal(400, "Join And Replaces");
        }
        CSeq cseq = (CSeq) request.getCSeq();
        return cseq == null || !cseq.getMethod().equals(request.getMethod())
                ? new Refusal(400, "CSeq Does Not Match")
                : null;
    }
}
