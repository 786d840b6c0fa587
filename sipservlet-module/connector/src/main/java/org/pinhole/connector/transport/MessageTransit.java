package org.pinhole.connector.transport;

import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.List;
import javax.sip.header.RouteHeader;
import org.pinhole.connector.flow.TokenVerdict;
import org.pinhole.connector.keepalive.BindingsAsked;
import org.pinhole.connector.keepalive.KeepNegotiation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changes about a message between the wire and the stack, in both directions, for all flows of one connector. The
 * headers concerned are those that no application may touch: Via, Flow-Timer, Contact outside REGISTER, the Routes to us.
 */
final class MessageTransit {
    private static final Logger LOG = LoggerFactory.getLogger(MessageTransit.class);

    private final FlowRouting routing;
    private final KeepNegotiation keep;
    private final ContactRewriter contacts;
    private final FlowExpiry expiry;
    private final PublicNames names;
    private final EdgeSettings edge;
    private final FirstHop firstHop;
    private final List<String> realms;

    MessageTransit(
            ConnectorSettings settings,
            FlowRouting routing,
            PublicNames names,
            ContactRewriter contacts,
            FlowExpiry expiry) {
        this.expiry = expiry;
        this.routing = routing;
        this.keep = new KeepNegotiation(settings.keepAlive(), routing::isOwn);
        this.contacts = contacts;
        this.names = names;
        this.edge = settings.edge();
        this.firstHop = new FirstHop(edge);
        this.realms = settings.realms();
    }

    /** A message from the phone, before the stack sees it. Changes it in place. */
    void arrived(SipFlow flow, SIPMessage message) throws ParseException {
        boolean byEdge = flow.isOfAnEdge();
        PhoneHeaders.strip(message, byEdge);
        names.arrived(message);
        keep.arrived(message, flow.keeping(), expiry.now());
        if (message instanceof SIPResponse) {
            flow.unanswered().answered((SIPResponse) message);
        }
        if (message instanceof SIPRequest) {
            SIPRequest request = (SIPRequest) message;
            flow.messageChannel().registers().note(request);
            PhoneHeaders.dropWithinDialog(request, byEdge, realms);
        }
        CoreSide core = flow.messageChannel().coreSide();
        String method = message instanceof SIPRequest ? ((SIPRequest) message).getMethod() : "";
        if (SIPRequest.REGISTER.equals(method)) {
            if (!byEdge) {
                identify(flow, (SIPRequest) message);
            }
            firstHop.arrived(flow.token(), (SIPRequest) message, core);
        }
        if (edge.rewritesContacts() && !byEdge && ContactRewriter.concerns(message)) {
            contacts.arrived(flow, message, core);
        }
    }

    /** Before its Contact is rewritten. */
    private static void identify(SipFlow flow, SIPRequest register) {
        Device device = Device.of(register);
        if (device != null) {
            flow.registers(device);
        }
    }

    /**
     * A response on its way to the phone. Changes it in place, so that what the stack keeps for retransmission is what
     * was sent.
     */
    SIPResponse leaving(SipFlow flow, SIPResponse response) {
        BindingsAsked asked = flow.messageChannel().registers().askedFor(response);
        hideCore(response);
        try {
            contacts.leaving(flow, response);
            names.leaving(response);
        } catch (ParseException unreadable) {
            LOG.warn("flow {}: a Contact could not be restored: {}", flow.id(), unreadable.getMessage());
        }
        // after the names: a dialog of ours is one whose Record-Route or Contact leads to this connector
        keep.leaving(response, asked, flow.keeping(), expiry.now());
        expiry.watch(flow);
        return response;
    }

    /**
     * A request on its way to the phone: without the Route that led to the flow, with the phone's own Contact as its
     * Request-URI. Changes a copy: the stack derives ACK and CANCEL from the original, and they must lead here again.
     */
    SIPRequest leaving(SipFlow flow, SIPRequest request) {
        keep.leaving(request, flow.keeping());
        SIPRequest copy = (SIPRequest) request.clone();
        hideCore(copy);
        PhoneHeaders.dropCredentials(copy, realms);
        RouteList routes = copy.getRouteHeaders();
        if (routes != null && !routes.isEmpty()) {
            TokenVerdict verdict =
                    routing.verdictOf(((Route) routes.getFirst()).getAddress().getURI());
            if (verdict != null && routing.find(verdict) == flow) {
                copy.removeFirst(RouteHeader.NAME);
            }
            dropOwn(copy);
        }
        try {
            contacts.leaving(copy);
            names.leaving(copy);
        } catch (ParseException unreadable) {
            LOG.warn("flow {}: the Request-URI could not be restored: {}", flow.id(), unreadable.getMessage());
        }
        return copy;
    }

    private void hideCore(SIPMessage message) {
        if (edge.hidesCore()) {
            CoreHeaders.strip(message);
        }
    }

    /** Of the two Routes that lead through us when both sides have one, the phone's; the container has taken the other. */
    private void dropOwn(SIPRequest copy) {
        RouteList left = copy.getRouteHeaders();
        while (left != null
                && !left.isEmpty()
                && routing.isOwn(((Route) left.getFirst()).getAddress().getURI())) {
            copy.removeFirst(RouteHeader.NAME);
            left = copy.getRouteHeaders();
        }
    }
}
