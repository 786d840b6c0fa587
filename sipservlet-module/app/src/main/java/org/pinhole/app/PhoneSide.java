package org.pinhole.app;

import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.TrustedSources;
import org.pinhole.bridge.NetworkHeaders;

/**
 * The one of a dialog's two sides that is a phone, for requests that pass us within it: what goes to the phone leaves on its
 * flow, whatever its Contact says (RFC 5626 §5.3). Who sends is told by the tag in From, which an ACK has too, though the
 * container knows no transaction of it. Immutable.
 */
final class PhoneSide {
    private static final String ATTRIBUTE = "org.pinhole.app.phone-side";

    private final Flow phone;
    private final String callersTag;
    private final boolean dialogCallsPhone;

    private PhoneSide(Flow phone, String callersTag, boolean dialogCallsPhone) {
        this.phone = phone;
        this.callersTag = callersTag;
        this.dialogCallsPhone = dialogCallsPhone;
    }

    /** Remembers which side of an initial request is the phone. */
    static void remember(SipServletRequest request, Onward onward) {
        request.getApplicationSession()
                .setAttribute(ATTRIBUTE, new PhoneSide(onward.phone(), tag(request.getFrom()), onward.towardsPhone()));
    }

    /** What was remembered, or null. */
    static @Nullable PhoneSide of(@Nullable SipApplicationSession session) {
        try {
            Object side = session == null ? null : session.getAttribute(ATTRIBUTE);
            return side instanceof PhoneSide ? (PhoneSide) side : null;
        } catch (IllegalStateException ended) {
            return null;
        }
    }

    /** Whether a request goes to the phone, or this is the answer to one that did; else it comes from the phone. */
    boolean isToPhone(SipServletMessage message) {
        boolean byCaller = callersTag.equals(tag(message.getFrom()));
        return byCaller == dialogCallsPhone;
    }

    /**
     * Puts the flow into the Route of a request within the dialog, when it goes to the phone. Whoever is at the other end may
     * send it to us without the servers that are trusted: then what only they may say is taken off.
     *
     * @param arrival the flow of the phone at the other end; null when it came on a connector of the container's own
     */
    void route(SipServletRequest request, @Nullable Flow arrival, SipFactory factory) {
        if (!isToPhone(request)) {
            return;
        }
        if (arrival == null && !TrustedSources.of(phone.settings()).contain(request.getInitialRemoteAddr())) {
            NetworkHeaders.NAMES.forEach(request::removeHeader);
        }
        try {
            request.pushRoute((SipURI) factory.createURI(phone.uri()));
        } catch (ServletParseException impossible) {
            throw new IllegalStateException("a flow's own URI does not parse: " + impossible.getMessage(), impossible);
        }
    }

    private static String tag(Address address) {
        return String.valueOf(address.getParameter("tag"));
    }
}
