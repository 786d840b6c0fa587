package org.pinhole.connector.transport;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.keepalive.BindingsAsked;

/**
 * Decides which messages of a phone may enter the container at all. The container asks its application router, and so the
 * application that authenticates, about initial requests only: whatever claims to belong to a dialog goes past it. So a
 * phone that nobody has authenticated may only start something, which is then challenged; and one that somebody has may say
 * within a dialog only what belongs to one of this container's. Safe for any thread.
 */
final class Doorkeeper {
    static final int MAX_ROUTES = 8;

    private static final Set<String> STARTS_SOMETHING = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList("REGISTER", "INVITE", "OPTIONS", "MESSAGE", "SUBSCRIBE", "PUBLISH", "REFER")));

    private final Supplier<Admission> admission;
    private volatile @Nullable Drain drain;

    Doorkeeper(Supplier<Admission> admission) {
        this.admission = admission;
    }

    /** From now on nothing may be started until after this drain; null when it was cancelled. */
    void drain(@Nullable Drain going) {
        drain = going;
    }

    /** Whether nothing may be started any more. */
    boolean isDraining() {
        return drain != null;
    }

    /** Whether whoever is on a flow should have been authenticated and was not. */
    boolean isStranger(@Nullable String identity) {
        return isStranger(admission.get(), identity);
    }

    private static boolean isStranger(Admission now, @Nullable String identity) {
        return now != Admission.OPEN && identity == null;
    }

    /**
     * Null when the message may enter, else what becomes of it.
     *
     * @param identity who was authenticated on the flow, if anybody was
     * @param invites the flow's own
     * @param routes tells what comes by a dialog's own route
     */
    @Nullable
    Refusal refusalOf(@Nullable String identity, PendingInvites invites, DialogRoutes routes, SIPMessage message) {
        Admission now = admission.get();
        boolean stranger = isStranger(now, identity);
        if (!(message instanceof SIPRequest)) {
            return stranger ? Refusal.DROP : null; // nothing was asked of a stranger
        }
        SIPRequest request = (SIPRequest) message;
        boolean ack = request.getMethod().equals(SIPRequest.ACK);
        if (ack || request.getMethod().equals(SIPRequest.CANCEL)) {
            boolean astray = ack && now != Admission.OPEN && (malformed(request) != null || !routes.lead(request));
            return astray || (stranger && !invites.contains(request)) ? Refusal.DROP : null; // an ACK has no answer
        }
        if (now == Admission.CLOSED) {
            return new Refusal(503, "Authentication Not Available");
        }
        Drain going = drain;
        if (going != null && request.getToTag() == null && !takesBindingsAway(request)) {
            return new Refusal(503, "Restarting", going.retryAfterSeconds());
        }
        Refusal malformed = malformed(request);
        if (malformed != null) {
            return malformed;
        }
        if (stranger && (request.getToTag() != null || !STARTS_SOMETHING.contains(request.getMethod()))) {
            return new Refusal(403, "Register First");
        }
        if (now != Admission.OPEN && request.getToTag() != null && !routes.lead(request)) {
            return new Refusal(481, "Call/Transaction Does Not Exist");
        }
        if (request.getMethod().equals(SIPRequest.INVITE)) {
            invites.add(request);
        }
        return null;
    }

    private static boolean takesBindingsAway(SIPRequest request) {
        return SIPRequest.REGISTER.equals(request.getMethod())
                && BindingsAsked.of(request).takesAway();
    }

    /** What no honest phone sends, and what costs the container much: each hop of a Route, each error with its trace. */
    private static @Nullable Refusal malformed(SIPRequest request) {
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

    /** An answer for the phone, or none. */
    static final class Refusal {
        static final Refusal DROP = new Refusal(0, "");

        private final int status;
        private final String reason;
        private final int retryAfterSeconds;

        Refusal(int status, String reason) {
            this(status, reason, 0);
        }

        Refusal(int status, String reason, int retryAfterSeconds) {
            this.status = status;
            this.reason = reason;
            this.retryAfterSeconds = retryAfterSeconds;
        }

        /** When to try again; 0 when that is not for us to say. */
        int retryAfterSeconds() {
            return retryAfterSeconds;
        }

        boolean isAnswered() {
            return status > 0;
        }

        int status() {
            return status;
        }

        String reason() {
            return reason;
        }
    }
}
