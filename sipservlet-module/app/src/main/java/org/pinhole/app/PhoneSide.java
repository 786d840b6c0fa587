package org.pinhole.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.TrustedSources;

/**
 * The one of a dialog's two sides that is a phone, and by its flow's token the way of each request that passes us within the
 * dialog (RFC 5626 §5.3). Our Record-Route has that token: what comes from its flow is outgoing, all else is incoming and
 * leaves on it, whatever the phone's Contact says. What we remember of the dialog has to agree, or a token of somebody else's
 * would do as well, and anybody could speak for the phone. Safe for any thread.
 */
final class PhoneSide {
    private static final String ATTRIBUTE = "org.pinhole.app.phone-side";

    private final Flow phone;
    private final String callersTag;
    private final boolean dialogCallsPhone;
    private final @Nullable Set<String> others;
    private final DialogWays ways = new DialogWays();

    private PhoneSide(Flow phone, String callersTag, boolean dialogCallsPhone, @Nullable Set<String> others) {
        this.phone = phone;
        this.callersTag = callersTag;
        this.dialogCallsPhone = dialogCallsPhone;
        this.others = others;
    }

    /** Remembers which side of an initial request is the phone; the other may be anybody. */
    static void remember(SipServletRequest request, Onward onward) {
        PhoneSide side = new PhoneSide(onward.phone(), tag(request.getFrom()), onward.towardsPhone(), null);
        if (onward.towardsPhone()) {
            side.ways.toPhone(request, true);
        }
        request.getApplicationSession().setAttribute(ATTRIBUTE, side);
    }

    /** Remembers that a phone calls others of ours, by the identities of their flows. */
    static void remember(SipServletRequest request, Flow caller, Set<String> called) {
        Set<String> others = Collections.unmodifiableSet(new HashSet<>(called));
        request.getApplicationSession()
                .setAttribute(ATTRIBUTE, new PhoneSide(caller, tag(request.getFrom()), false, others));
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

    /** The phone's flow. */
    Flow phone() {
        return phone;
    }

    /** By which ways the phone reaches the other sides of its dialogs. */
    DialogWays ways() {
        return ways;
    }

    /** Whether a request says that it is for the phone, or this is the answer to one that did; else it is from the phone. */
    boolean isToPhone(SipServletMessage message) {
        boolean byCaller = callersTag.equals(tag(message.getFrom()));
        return byCaller == dialogCallsPhone;
    }

    /**
     * What becomes of a request within the dialog.
     *
     * @param token of the Record-Route by which it came; null when it has none
     * @param arrival the flow that it came on; null when it came on a connector of the container's own
     * @param saysToPhone what its tags say
     */
    Passage passage(@Nullable String token, @Nullable Flow arrival, boolean saysToPhone) {
        if (token == null || !isThePhones(token)) {
            return Passage.FORGED; // §5.3.1; a genuine one of another dialog's is out of place, too
        }
        if (!saysToPhone) {
            return isItsUsers(arrival) ? Passage.FROM_PHONE : Passage.IMPOSTOR;
        }
        return mayBeTheOther(arrival) ? Passage.TO_PHONE : Passage.IMPOSTOR;
    }

    private boolean isThePhones(String token) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.US_ASCII), phone.token().text().getBytes(StandardCharsets.US_ASCII));
    }

    /** By its own flow, or by another of its user's: it may have come back on that before anybody knows that the first has failed. */
    private boolean isItsUsers(@Nullable Flow arrival) {
        return arrival != null
                && (phone.token().equals(arrival.token())
                        || (arrival.identity() != null && arrival.identity().equals(phone.identity()))
                        || arrival.isOfAnEdge());
    }

    private boolean mayBeTheOther(@Nullable Flow arrival) {
        return others == null
                || (arrival != null
                        && ((arrival.identity() != null && others.contains(arrival.identity()))
                                || arrival.isOfAnEdge()));
    }

    /** Whether what came from there may say who is calling. */
    boolean mayAssert(@Nullable Flow arrival, @Nullable String source) {
        return arrival != null || TrustedSources.of(phone.settings()).contain(source);
    }

    private static String tag(Address address) {
        return String.valueOf(address.getParameter("tag"));
    }
}
