package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.EmergencyTargets;
import org.pinhole.connector.keepalive.BindingsAsked;

/**
 * Decides which messages of a phone may enter the container at all. The container asks its application router, and so the
 * application that authenticates, about initial requests only: whatever claims to belong to a dialog goes past it. So a
 * phone that nobody has authenticated may only start something, which is then challenged; and one that somebody has may say
 * within a dialog only what belongs to one of this container's. Safe for any thread.
 */
final class Doorkeeper {
    private static final Set<String> STARTS_SOMETHING = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList("REGISTER", "INVITE", "OPTIONS", "MESSAGE", "SUBSCRIBE", "PUBLISH", "REFER")));

    /** When whoever authenticates may be back: an application is deployed anew within seconds. */
    private static final int SOON_SECONDS = 5;

    private final List<Rule> rules = Collections.unmodifiableList(Arrays.<Rule>asList(
            Doorkeeper::nothingPassesUnguarded,
            this::nothingIsStartedInADrain,
            asked -> BadRequests.refusalOf(asked.request()),
            Doorkeeper::aStrangerStartsSomething,
            Doorkeeper::dialogsAreOurs,
            this::aStrangersInvitesAreFew));

    private final Supplier<Admission> admission;
    private final StrangersInvites strangersInvites;
    private final EmergencyTargets help;
    private volatile @Nullable Drain drain;

    /**
     * The one of a connector.
     *
     * @param strangersInvites those of all connectors
     * @param help what is nobody's to put off
     */
    Doorkeeper(Supplier<Admission> admission, StrangersInvites strangersInvites, EmergencyTargets help) {
        this.help = help;
        this.admission = admission;
        this.strangersInvites = strangersInvites;
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
        Asked asked = new Asked((SIPRequest) message, now, stranger, invites, routes);
        if (asked.is(SIPRequest.ACK) || asked.is(SIPRequest.CANCEL)) {
            return belongsToAnother(asked) ? null : Refusal.DROP; // an ACK has no answer
        }
        for (Rule rule : rules) {
            Refusal refusal = rule.refusalOf(asked);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** An ACK or CANCEL: to a request of the phone's. */
    private static boolean belongsToAnother(Asked asked) {
        boolean ack = asked.is(SIPRequest.ACK);
        boolean astray =
                ack && asked.isGuarded() && (BadRequests.refusalOf(asked.request()) != null || !asked.isOnOurRoute());
        boolean ours = ack
                ? asked.invites().acknowledged(asked.request())
                : asked.invites().contains(asked.request());
        return !astray && (ours || !asked.isStrangers());
    }

    private static @Nullable Refusal nothingPassesUnguarded(Asked asked) {
        return asked.isUnguarded()
                ? new Refusal(
                        503,
                        "Authentication Not Available",
                        SOON_SECONDS + ThreadLocalRandom.current().nextInt(2 * SOON_SECONDS))
                : null;
    }

    private @Nullable Refusal nothingIsStartedInADrain(Asked asked) {
        Drain going = drain;
        return going == null || asked.isWithinDialog() || takesBindingsAway(asked) || isForHelp(asked)
                ? null
                : new Refusal(503, "Restarting", going.retryAfterSeconds());
    }

    private static boolean takesBindingsAway(Asked asked) {
        return asked.is(SIPRequest.REGISTER)
                && BindingsAsked.of(asked.request()).takesAway();
    }

    private boolean isForHelp(Asked asked) {
        return help.contain(String.valueOf(asked.request().getRequestURI()));
    }

    private static @Nullable Refusal aStrangerStartsSomething(Asked asked) {
        boolean starts = !asked.isWithinDialog()
                && STARTS_SOMETHING.contains(asked.request().getMethod());
        return !asked.isStrangers() || starts ? null : new Refusal(403, "Register First");
    }

    private static @Nullable Refusal dialogsAreOurs(Asked asked) {
        boolean astray = asked.isGuarded() && asked.isWithinDialog() && !asked.isOnOurRoute();
        return astray ? new Refusal(481, "Call/Transaction Does Not Exist") : null;
    }

    /** The stack keeps each for half a minute, and with what an application knows of it longer. */
    private @Nullable Refusal aStrangersInvitesAreFew(Asked asked) {
        if (!asked.is(SIPRequest.INVITE)) {
            return null;
        }
        PendingInvites his = asked.invites();
        if (asked.isStrangers()) {
            boolean forHelp = isForHelp(asked);
            if (his.areMany() && !forHelp) {
                return new Refusal(503, "Too Many Calls Of Strangers", StrangersInvites.KEPT_SECONDS);
            }
            byte[] body = asked.request().getRawContent();
            if (!strangersInvites.admit(his.network(), forHelp, body == null ? 0 : body.length)) {
                return Refusal.STRANGERS_CALLS;
            }
        }
        his.add(asked.request());
        return null;
    }

    /** One reason to refuse a request. */
    private interface Rule {
        /** Null: this one is not met. */
        @Nullable
        Refusal refusalOf(Asked asked);
    }
}
