package org.pinhole.connector.transport;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPRequest;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.TokenVerdict;

/** Reads from a request which flow it must leave on: from its topmost Route, or without one from its Request-URI. */
final class FlowRouting {
    private final FlowTable flows;
    private final ConnectorAddress address;

    FlowRouting(FlowTable flows, ConnectorAddress address) {
        this.flows = flows;
        this.address = address;
    }

    /** What the request's next hop names: a token's verdict, or null when it names no flow of ours. */
    @Nullable
    TokenVerdict verdictOf(SIPRequest request) {
        RouteList routes = request.getRouteHeaders();
        boolean routed = routes != null && !routes.isEmpty();
        return verdictOf(routed ? ((Route) routes.getFirst()).getAddress().getURI() : request.getRequestURI());
    }

    /** What a URI names: a token's verdict, or null when it does not lead to us or has no token. */
    @Nullable
    TokenVerdict verdictOf(Object uri) {
        if (!(uri instanceof SipUri)) {
            return null;
        }
        SipUri sip = (SipUri) uri;
        String user = sip.getUser();
        return address.isSelf(sip.getHost(), sip.getPort()) && user != null && user.length() == FlowToken.LENGTH
                ? flows.verdict(user)
                : null;
    }

    /** Whether a URI leads to this connector. */
    boolean isOwn(Object uri) {
        return uri instanceof SipUri && address.isSelf(((SipUri) uri).getHost(), ((SipUri) uri).getPort());
    }

    /** The flow that a verdict leads to, or null when it is not open. */
    @Nullable
    SipFlow find(TokenVerdict verdict) {
        return (SipFlow) flows.find(verdict);
    }
}
