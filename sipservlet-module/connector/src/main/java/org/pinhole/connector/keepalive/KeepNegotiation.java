package org.pinhole.connector.keepalive;

import gov.nist.javax.sip.header.AddressParametersHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Iterator;
import java.util.function.Predicate;
import javax.sip.header.Header;
import javax.sip.header.RSeqHeader;
import javax.sip.header.RequireHeader;
import org.jspecify.annotations.Nullable;

/**
 * RFC 6223 at the last moment before bytes leave and the first after they came, because no application may touch a Via.
 * Works on messages in place; what was negotiated is kept with the flow. Safe for any thread.
 */
public final class KeepNegotiation {
    private static final String FLOW_TIMER = "Flow-Timer";

    private final KeepAlive keepAlive;
    private final Predicate<Object> own;

    /**
     * Negotiates by this setting.
     *
     * @param own whether a URI leads to this connector: who accepts for a dialog must be on its route (§4.3)
     */
    public KeepNegotiation(KeepAlive keepAlive, Predicate<Object> own) {
        this.keepAlive = keepAlive;
        this.own = own;
    }

    /**
     * A request or response as it came from the phone: takes values that nobody but us may give. An offer is a
     * {@code keep} without value (§4.3), so one with a value in the phone's own Via is no offer at all.
     */
    public void arrived(SIPMessage message, FlowKeep flow, long now) {
        boolean request = message instanceof SIPRequest;
        Via topmost = message.getTopmostVia();
        if (request && topmost != null && ViaKeep.hasValue(topmost)) {
            ViaKeep.remove(topmost);
        }
        ViaKeep.blankFrom(message, request ? 1 : 0);
        if (request && isOf(SIPRequest.REGISTER, message)) {
            flow.life().negotiationBegins(now);
        } else if (request && isOf(SIPRequest.BYE, message)) {
            flow.ended(dialog(message, message.getFromTag(), message.getToTag()));
        }
    }

    /** A request on its way to the phone: with a BYE the keep-alives of its dialog cease. */
    public void leaving(SIPRequest request, FlowKeep flow) {
        if (isOf(SIPRequest.BYE, request)) {
            flow.ended(dialog(request, request.getToTag(), request.getFromTag()));
        }
    }

    /**
     * A response on its way to the phone: accepts the offer in its topmost Via by a value, or leaves it bare as a refusal
     * (§4.4). Accepted are REGISTERs by a 2xx that leaves a binding, and dialogs by a response that cannot get lost;
     * anything planted on the way is overwritten.
     *
     * @param deregistration whether the REGISTER that this answers took its bindings away
     */
    public void leaving(SIPResponse response, boolean deregistration, FlowKeep flow, long now) {
        ViaKeep.blankFrom(response, 1);
        Via topmost = response.getTopmostVia();
        boolean offered = topmost != null && ViaKeep.isPresent(topmost);
        @Nullable String value = null;
        if (isOf(SIPRequest.REGISTER, response)) {
            boolean registered = leavesBinding(response) && !deregistration;
            value = offered && registered ? keepAlive.value() : null;
            @Nullable String timer = registered && requiresOutbound(response) ? keepAlive.flowTimer() : null;
            setFlowTimer(response, timer);
            if (response.getStatusCode() / 100 == 2) {
                flow.registered(response.getTo().getAddress().getURI().toString(), value == null ? timer : value, now);
            }
        } else if (offered && establishesDialog(response)) {
            String dialog = dialog(response, response.getFromTag(), response.getToTag());
            long number = response.getCSeq().getSeqNumber();
            @Nullable String offer = keepAlive.value();
            value = offer != null && flow.accepts(dialog, number, offer, now) ? offer : null;
        }
        if (offered) {
            ViaKeep.set(topmost, value);
        }
    }

    private static boolean isOf(String method, SIPMessage message) {
        return message.getCSeq() != null && method.equals(message.getCSeq().getMethod());
    }

    private static String dialog(SIPMessage message, String phonesTag, String othersTag) {
        return "dialog " + message.getCallId().getCallId() + ' ' + phonesTag + ' ' + othersTag;
    }

    private static boolean leavesBinding(SIPResponse response) {
        return response.getStatusCode() / 100 == 2
                && response.getContactHeaders() != null
                && !response.getContactHeaders().isEmpty();
    }

    /**
     * Whether this is a response to an INVITE or UPDATE that reaches the phone for certain (2xx, or provisional and sent
     * reliably), of a dialog that stays on this connector. Only dialogs that end by a BYE are accepted: of others we would
     * not know when the phone may stop.
     */
    private boolean establishesDialog(SIPResponse response) {
        int status = response.getStatusCode();
        boolean provisional = status > 100 && status < 200;
        boolean reliable = status / 100 == 2 || (provisional && response.getHeader(RSeqHeader.NAME) != null);
        return reliable
                && response.getToTag() != null
                && (isOf(SIPRequest.INVITE, response) || isOf(SIPRequest.UPDATE, response))
                && (isOnRoute(response.getRecordRouteHeaders()) || isOnRoute(response.getContactHeaders()));
    }

    private boolean isOnRoute(@Nullable SIPHeaderList<? extends AddressParametersHeader> addresses) {
        if (addresses == null) {
            return false;
        }
        for (AddressParametersHeader address : addresses) {
            if (address.getAddress() != null && own.test(address.getAddress().getURI())) {
                return true;
            }
        }
        return false;
    }

    /** Flow-Timer stands only beside {@code Require: outbound}, and equals {@code keep} (RFC 5626 §5.4, RFC 6223 §5). */
    private static void setFlowTimer(SIPResponse response, @Nullable String seconds) {
        response.removeHeader(FLOW_TIMER);
        if (seconds != null) {
            response.addHeader(FLOW_TIMER + ": " + seconds);
        }
    }

    private static boolean requiresOutbound(SIPResponse response) {
        Iterator<?> requires = response.getHeaders(RequireHeader.NAME);
        while (requires.hasNext()) {
            Header header = (Header) requires.next();
            if (header instanceof RequireHeader
                    && "outbound".equalsIgnoreCase(((RequireHeader) header).getOptionTag())) {
                return true;
            }
        }
        return false;
    }
}
