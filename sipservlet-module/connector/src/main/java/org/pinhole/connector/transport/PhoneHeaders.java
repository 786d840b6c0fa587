package org.pinhole.connector.transport;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import javax.sip.header.ProxyAuthorizationHeader;
import org.pinhole.bridge.NetworkHeaders;

/**
 * Takes from a phone's message what only the network may say: headers that a trusted server would have put there (RFC 3325
 * §5, TS 24.229 4.4, requirement P-11), and URI parameters by which the container recognises its own routes.
 */
final class PhoneHeaders {
    /** What the container writes into Routes that never leave it (its MessageDispatcher names them). */
    private static final List<String> AMONG_APPLICATIONS = Collections.unmodifiableList(Arrays.asList(
            "directive",
            "previousappname",
            "previousappid",
            "region_label",
            "region_type",
            "node_host",
            "node_port",
            "modifier",
            "org.mobicents.servlet.sip.ApplicationSessionKey"));

    /** What it writes into the Record-Route of a dialog. */
    private static final List<String> OF_A_DIALOG =
            Collections.unmodifiableList(Arrays.asList("appname", "app_id", "proxy", "as"));

    private PhoneHeaders() {}

    /** Whether a header line, even one that does not parse, carries a name that is the network's own. */
    static boolean isNetworksOwn(String headerLine) {
        int colon = headerLine.indexOf(':');
        return NetworkHeaders.isOne(
                colon < 0 ? headerLine.trim() : headerLine.substring(0, colon).trim());
    }

    /**
     * Strips a message that a phone sent, in place.
     *
     * @param byEdge whether it has come by way of another edge, which is the first hop in our place
     */
    static void strip(SIPMessage message, boolean byEdge) {
        for (String name : NetworkHeaders.NAMES) {
            message.removeHeader(name);
        }
        CoreHeaders.dropNetworkProvided(message);
        if (message instanceof SIPRequest) {
            SIPRequest request = (SIPRequest) message;
            if (!byEdge && SIPRequest.REGISTER.equals(request.getMethod())) {
                request.removeHeader("Path"); // the phone is the first hop: nobody before it could add one
            }
            stripUris(request, AMONG_APPLICATIONS);
            if (request.getToTag() == null) { // outside a dialog no Route of one can have come to the phone
                stripUris(request, OF_A_DIALOG);
            }
        }
    }

    /**
     * Takes credentials for our realms from a request within a dialog, which goes past the application that would (RFC 3261
     * §22.3). Whoever came by an edge keeps them on his way in: an application that asks knows him by nothing else.
     */
    static void dropWithinDialog(SIPRequest request, boolean byEdge, List<String> realms) {
        if (request.getToTag() != null && !byEdge) {
            dropCredentials(request, realms);
        }
    }

    /** Takes credentials for our realms from a request: the other phone has no use for them. */
    static void dropCredentials(SIPRequest request, List<String> realms) {
        List<ProxyAuthorizationHeader> others = new ArrayList<>();
        boolean ours = false;
        Iterator<?> all = request.getHeaders(ProxyAuthorizationHeader.NAME);
        while (all.hasNext()) {
            ProxyAuthorizationHeader credentials = (ProxyAuthorizationHeader) all.next();
            if (realms.contains(credentials.getRealm())) {
                ours = true;
            } else {
                others.add(credentials);
            }
        }
        if (ours) {
            request.removeHeader(ProxyAuthorizationHeader.NAME);
            others.forEach(request::addHeader);
        }
    }

    private static void stripUris(SIPRequest request, List<String> parameters) {
        stripUri(request.getRequestURI(), parameters);
        RouteList routes = request.getRouteHeaders();
        if (routes != null) {
            for (Route route : routes) {
                stripUri(route.getAddress().getURI(), parameters);
            }
        }
    }

    private static void stripUri(Object uri, List<String> parameters) {
        if (uri instanceof SipUri && ((SipUri) uri).getParameterNames().hasNext()) {
            parameters.forEach(((SipUri) uri)::removeParameter);
        }
    }
}
