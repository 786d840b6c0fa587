package org.pinhole.connector.keepalive;

import gov.nist.javax.sip.header.AddressParametersHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
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
        if (!request) {
            happened((SIPResponse) message, () -> dialog(message, message.getToTag(), message.getFromTag()), flow);
        } else if (isOf(SIPRequest.REGISTER, message)) {
            flow.life().negotiationBegins(now);
        } else if (isOf(SIPRequest.BYE, message)) {
            flow.ended(dialog(message, message.getFromTag(), message.getToTag()));
        } else if (isOf(SIPRequest.INVITE, message) && message.getToTag() != null) {
            flow.confirmed(dialog(message, message.getFromTag(), message.getToTag()));
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
     * @param asked what the REGISTER asked for that this answers; means nothing for other responses
     */
    public void leaving(SIPResponse response, BindingsAsked asked, FlowKeep flow, long now) {
        ViaKeep.blankFrom(response, 1);
        Via topmost = response.getTopmostVia();
        boolean offered = topmost != null && ViaKeep.isPresent(topmost);
        response.removeHeader(FLOW_TIMER); // nobody behind us may say one, and of answers only one to REGISTER has it
        @Nullable String value = null;
        if (isOf(SIPRequest.REGISTER, response)) {
            value = registered(response, asked, offered, flow, now);
        } else if (offered && establishesDialog(response)) {
            long number = response.getCSeq().getSeqNumber();
            @Nullable String offer = keepAlive.value();
            value = offer != null && flow.accepts(phonesDialog(response), number, offer, now) ? offer : null;
        }
        happened(response, () -> phonesDialog(response), flow);
        if (offered) {
            ViaKeep.set(topmost, value);
        }
    }

    /** The value for a response to REGISTER, which settles it for this registration unless it answers a mere question. */
    private @Nullable String registered(
            SIPResponse response, BindingsAsked asked, boolean offered, FlowKeep flow, long now) {
        boolean registered = leavesBinding(response) && asked.binds();
        @Nullable String value = offered && registered ? keepAlive.value() : null;
        @Nullable String timer = registered && requiresOutbound(response) ? keepAlive.flowTimer() : null;
        if (timer != null) {
            response.addHeader(FLOW_TIMER + ": " + timer);
        }
        if (response.getStatusCode() / 100 == 2 && !asked.isQuery()) {
            flow.registered(addressOfRecord(response), value == null ? timer : value, asked.granted(response), now);
        }
        return value;
    }

    /**
     * What a response, whoever gave it, makes of dialogs. An INVITE that is accepted makes one, of which the dialogs of other
     * forks have then come to nothing (RFC 3261 §13.2.2.4); one that is refused ends all those that it had begun (§12.3), and a
     * 408 or 481 the one in which it is said (§12.2.1.2, RFC 5057 §5).
     */
    private static void happened(SIPResponse response, Supplier<String> named, FlowKeep flow) {
        int status = response.getStatusCode();
        boolean over = status == 408 || status == 481;
        boolean invite = isOf(SIPRequest.INVITE, response);
        if (status < 200 || isOf(SIPRequest.CANCEL, response) || !(invite || over)) {
            return;
        }
        String dialog = named.get();
        if (invite) {
            if (status < 300) {
                flow.confirmed(dialog);
            }
            String begun = dialog.substring(0, dialog.lastIndexOf(' ') + 1);
            flow.failed(other -> other.startsWith(begun));
        }
        if (over) {
            flow.ended(dialog);
        }
    }

    /** Of a response to the phone. */
    private static String phonesDialog(SIPResponse response) {
        return dialog(response, response.getFromTag(), response.getToTag());
    }

    private static boolean isOf(String method, SIPMessage message) {
        return message.getCSeq() != null && method.equals(message.getCSeq().getMethod());
    }

    private static String dialog(SIPMessage message, String phonesTag, String othersTag) {
        return "dialog " + message.getCallId().getCallId() + ' ' + phonesTag + ' ' + othersTag;
    }

    /** Without what may be written one way or the other (RFC 3261 §10.3 step 5): a refresh may spell it anew. */
    private static String addressOfRecord(SIPResponse response) {
        URI uri = response.getTo().getAddress().getURI();
        if (!(uri instanceof SipURI)) {
            return uri.toString();
        }
        String host = String.valueOf(((SipURI) uri).getHost()).toLowerCase(Locale.ROOT);
        return ((SipURI) uri).getUser() + "@" + host;
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

    /** Flow-Timer stands only beside this (RFC 5626 §5.4). */
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
