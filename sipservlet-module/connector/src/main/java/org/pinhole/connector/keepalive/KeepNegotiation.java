package org.pinhole.connector.keepalive;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Iterator;
import javax.sip.header.Header;
import javax.sip.header.RequireHeader;
import org.jspecify.annotations.Nullable;

/**
 * RFC 6223 at the last moment before bytes leave and the first after they came, because no application may touch a Via.
 * Works on messages in place; no state but the connector's setting. Safe for any thread.
 */
public final class KeepNegotiation {
    private static final String FLOW_TIMER = "Flow-Timer";

    private final KeepAlive keepAlive;

    /** Negotiates by this setting. */
    public KeepNegotiation(KeepAlive keepAlive) {
        this.keepAlive = keepAlive;
    }

    /**
     * A request or response as it came from the phone: takes values that nobody but us may give. An offer is a
     * {@code keep} without value (§4.3), so one with a value in the phone's own Via is no offer at all.
     */
    public void arrived(SIPMessage message) {
        boolean request = message instanceof SIPRequest;
        Via topmost = message.getTopmostVia();
        if (request && topmost != null && ViaKeep.hasValue(topmost)) {
            ViaKeep.remove(topmost);
        }
        ViaKeep.blankFrom(message, request ? 1 : 0);
    }

    /**
     * A response on its way to the phone: accepts the offer in its topmost Via by a value, or leaves it bare as a refusal
     * (§4.4). Only a 2xx to a REGISTER that leaves a binding accepts; anything planted on the way is overwritten.
     *
     * @param deregistration whether the REGISTER that this answers took its bindings away
     */
    public void leaving(SIPResponse response, boolean deregistration) {
        ViaKeep.blankFrom(response, 1);
        boolean registered = accepts(response) && !deregistration;
        Via topmost = response.getTopmostVia();
        if (topmost != null && ViaKeep.isPresent(topmost)) {
            ViaKeep.set(topmost, registered ? keepAlive.value() : null);
        }
        if (response.getCSeq() != null
                && SIPRequest.REGISTER.equals(response.getCSeq().getMethod())) {
            setFlowTimer(response, registered && requiresOutbound(response) ? keepAlive.flowTimer() : null);
        }
    }

    private static boolean accepts(SIPResponse response) {
        return response.getStatusCode() / 100 == 2
                && response.getCSeq() != null
                && SIPRequest.REGISTER.equals(response.getCSeq().getMethod())
                && response.getContactHeaders() != null
                && !response.getContactHeaders().isEmpty();
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
