package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;
import static org.pinhole.connector.transport.SipText.inDialog;
import static org.pinhole.connector.transport.SipText.request;
import static org.pinhole.connector.transport.SipText.response;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.bridge.EmergencyTargets;

class DoorkeeperTest {
    private static final @Nullable String NOBODY = null;
    private static final long PENDING = 77;
    private final PendingInvites invites = new PendingInvites(InetAddress.getLoopbackAddress());
    private final DialogRoutes routes = new DialogRoutes(
            uri -> uri.toString().contains("pinhole.test"), ack -> ack.getCSeq().getSeqNumber() == PENDING);
    private Admission admission = Admission.AUTHENTICATED;
    private static final EmergencyTargets PCSCF =
            EmergencyTargets.of(Collections.singletonMap("pinhole.role", "p-cscf"));

    private final Doorkeeper doorkeeper =
            new Doorkeeper(() -> admission, new StrangersInvites(1 << 20, () -> 0), PCSCF);

    @Test
    void aStrangerMayStartSomethingBecauseItWillBeChallenged() throws ParseException {
        for (String method : new String[] {"REGISTER", "INVITE", "OPTIONS", "MESSAGE", "SUBSCRIBE", "REFER"}) {
            assertThat(statusFor(NOBODY, request(method, "sip:bob@pinhole.test")))
                    .as(method)
                    .isZero();
        }
    }

    @Test
    void aStrangerMayNotPretendToBeInADialog() throws ParseException {
        assertThat(statusFor(NOBODY, inDialog("INVITE", "sip:bob@pinhole.test")))
                .isEqualTo(403);
        for (String method : new String[] {"BYE", "INFO", "UPDATE", "PRACK", "NOTIFY"}) {
            assertThat(statusFor(NOBODY, request(method, "sip:bob@pinhole.test")))
                    .as(method)
                    .isEqualTo(403);
        }
        assertThat(doorkeeper.refusalOf(NOBODY, invites, routes, response("200 OK", "INVITE")))
                .isSameAs(Refusal.DROP);
    }

    @Test
    void anAckOrCancelOfAStrangerBelongsToAnInviteOfHisOrIsNothing() throws ParseException {
        assertThat(doorkeeper.refusalOf(NOBODY, invites, routes, request("ACK", "sip:bob@pinhole.test")))
                .isSameAs(Refusal.DROP);
        assertThat(doorkeeper.refusalOf(NOBODY, invites, routes, request("CANCEL", "sip:bob@pinhole.test")))
                .isSameAs(Refusal.DROP);

        assertThat(statusFor(NOBODY, request("INVITE", "sip:bob@pinhole.test"))).isZero();

        assertThat(doorkeeper.refusalOf(NOBODY, invites, routes, inDialog("ACK", "sip:bob@pinhole.test")))
                .isNull();
    }

    @Test
    void anAckOfAnotherCallIsNotHisWhateverItsBranchSays() throws ParseException {
        assertThat(statusFor(NOBODY, request("INVITE", "sip:bob@pinhole.test"))).isZero();
        SIPMessage ack = inDialog("ACK", "sip:bob@pinhole.test");
        ack.setCallId("another");

        assertThat(doorkeeper.refusalOf(NOBODY, invites, routes, ack)).isSameAs(Refusal.DROP);
    }

    @Test
    void whoeverIsAuthenticatedMayTakePartInDialogs() throws ParseException {
        assertThat(statusFor("alice", inDialog("BYE", "sip:bob@pinhole.test"))).isZero();
        assertThat(doorkeeper.refusalOf("alice", invites, routes, response("200 OK", "INVITE")))
                .isNull();
    }

    /** The container would send it on without asking anybody: past Digest, and in nobody's name. */
    @Test
    void whatBelongsToNoDialogOfThisContainerGoesNowhere() throws ParseException {
        SIPMessage pastTheCore = inDialog(
                "INVITE", "sip:boss@core.example", "Route: <sip:pinhole.test;lr>", "Route: <sip:core.example;lr>");

        assertThat(statusFor("alice", pastTheCore)).isEqualTo(481);
        assertThat(statusFor("alice", inDialog("BYE", "sip:bob@192.0.2.9"))).isEqualTo(481);

        admission = Admission.OPEN;
        assertThat(statusFor(NOBODY, pastTheCore)).isZero();
    }

    /** The container sends on any ACK that it does not know, to wherever it says. */
    @Test
    void anAckGoesWhereItsDialogOrItsInviteWent() throws Exception {
        SIPMessage astray = inDialog("ACK", "sip:bob@192.0.2.9");
        assertThat(doorkeeper.refusalOf("alice", invites, routes, astray)).isSameAs(Refusal.DROP);
        assertThat(statusFor(NOBODY, request("INVITE", "sip:bob@192.0.2.9"))).isZero();
        assertThat(doorkeeper.refusalOf(NOBODY, invites, routes, astray)).isSameAs(Refusal.DROP);

        assertThat(doorkeeper.refusalOf("alice", invites, routes, inDialog("ACK", "sip:bob@pinhole.test")))
                .isNull();
        astray.getCSeq().setSeqNumber(PENDING);
        assertThat(doorkeeper.refusalOf("alice", invites, routes, astray))
                .as("refused, and its INVITE still waits for it")
                .isNull();
        assertThat(doorkeeper.refusalOf(
                        "alice", invites, routes, inDialog("ACK", "sip:bob@pinhole.test", "Route: <tel:+1>")))
                .isSameAs(Refusal.DROP);
    }

    @Test
    void whereNobodyAuthenticatesTheApplicationTakesWhatComes() throws ParseException {
        admission = Admission.OPEN;

        assertThat(statusFor(NOBODY, inDialog("BYE", "sip:bob@pinhole.test"))).isZero();
        assertThat(doorkeeper.isStranger(NOBODY)).isFalse();
    }

    @Test
    void aStrangerIsWhoShouldHaveBeenAuthenticatedAndWasNot() {
        assertThat(doorkeeper.isStranger(NOBODY)).isTrue();
        assertThat(doorkeeper.isStranger("alice")).isFalse();
    }

    @Test
    void whileTheAuthenticatingApplicationIsAwayNothingPasses() throws ParseException {
        admission = Admission.CLOSED;

        assertThat(statusFor(NOBODY, request("REGISTER", "sip:pinhole.test"))).isEqualTo(503);
        assertThat(statusFor("alice", request("MESSAGE", "sip:bob@pinhole.test")))
                .isEqualTo(503);
        assertThat(doorkeeper.refusalOf("alice", invites, routes, request("REGISTER", "sip:pinhole.test")))
                .as("or phones would take their flows for failed (RFC 5626 §4.4, §4.5)")
                .isNotNull()
                .extracting(Refusal::retryAfterSeconds, as(INTEGER))
                .isBetween(5, 15);
    }

    /** The stack keeps each for half a minute. */
    @Test
    void aStrangerHasFewInvitesThatWaitForTheirAckAndAKnownPhoneAsManyAsItLikes() throws ParseException {
        for (int call = 0; call < 4; call++) {
            assertThat(statusFor(NOBODY, invite(call))).isZero();
        }
        assertThat(statusFor(NOBODY, invite(4))).isEqualTo(503);
        assertThat(statusFor("alice", invite(5))).isZero();
        assertThat(statusFor(NOBODY, request("INVITE", "urn:service:sos"))).isZero();
        invites.acknowledged((SIPRequest) request("INVITE", "urn:service:sos"));

        invites.acknowledged((SIPRequest) invite(5));
        SIPMessage ack = inDialog("ACK", "sip:bob@pinhole.test");
        ack.setCallId("call-0");
        assertThat(doorkeeper.refusalOf(NOBODY, invites, routes, ack)).isNull();
        assertThat(statusFor(NOBODY, invite(6))).isZero();
    }

    /** TS 24.229 §5.2.10: whoever calls for help is not made to wait for others, nor for his own. */
    @Test
    void aStrangersCallForHelpIsLetInWhateverOthersAreNot() throws ParseException {
        Doorkeeper full = new Doorkeeper(
                () -> admission, new StrangersInvites(8L * StrangersInvites.EACH_OCTETS, () -> 0), PCSCF);
        PendingInvites ofAnother = new PendingInvites(InetAddress.getLoopbackAddress());
        for (int call = 0; call < 3; call++) {
            assertThat(full.refusalOf(NOBODY, invites, routes, invite(call))).isNull();
        }

        assertThat(full.refusalOf(NOBODY, ofAnother, routes, invite(3))).isSameAs(Refusal.STRANGERS_CALLS);
        assertThat(full.refusalOf(NOBODY, ofAnother, routes, request("INVITE", "urn:service:sos")))
                .isNull();
    }

    private static SIPMessage invite(int call) throws ParseException {
        SIPMessage invite = request("INVITE", "sip:bob@pinhole.test");
        invite.setCallId("call-" + call);
        return invite;
    }

    @Test
    void duringADrainNothingStartsAndEverybodyIsToldWhenToComeBack() throws ParseException {
        doorkeeper.drain(new Drain(60, () -> 0, () -> 0.25));

        for (String method : new String[] {"REGISTER", "INVITE", "MESSAGE"}) {
            Refusal refusal = doorkeeper.refusalOf("alice", invites, routes, request(method, "sip:bob@pinhole.test"));
            assertThat(refusal)
                    .as(method)
                    .isNotNull()
                    .extracting(Refusal::status)
                    .isEqualTo(503);
            assertThat(refusal).extracting(Refusal::retryAfterSeconds).isEqualTo(76);
        }
    }

    @Test
    @Tag("P-4")
    void duringADrainACallForHelpGoesOn() throws ParseException {
        doorkeeper.drain(new Drain(60, () -> 0, () -> 0));

        assertThat(statusFor("alice", request("INVITE", "urn:service:sos.fire")))
                .isZero();
        assertThat(statusFor(NOBODY, request("INVITE", "URN:service:sos"))).isZero();
        assertThat(statusFor(NOBODY, request("INVITE", "sip:112@home1.example;user=phone")))
                .isZero();
        assertThat(statusFor(NOBODY, request("INVITE", "tel:112"))).isZero();
    }

    @Test
    void duringADrainWhatIsGoingOnGoesOnAndEnds() throws ParseException {
        doorkeeper.drain(new Drain(60, () -> 0, () -> 0));

        assertThat(statusFor("alice", inDialog("BYE", "sip:bob@pinhole.test"))).isZero();
        assertThat(statusFor("alice", request("ACK", "sip:bob@pinhole.test"))).isZero();
        assertThat(statusFor("alice", request("REGISTER", "sip:pinhole.test", "Contact: <sip:a@b>;expires=0")))
                .isZero();
        doorkeeper.drain(null);
        assertThat(statusFor("alice", request("INVITE", "sip:bob@pinhole.test")))
                .isZero();
    }

    @Test
    void whatNoHonestPhoneSendsIsABadRequest() throws ParseException {
        String[] routes = new String[BadRequests.MAX_ROUTES + 1];
        Arrays.fill(routes, "Route: <sip:192.0.2.1;lr>");

        assertThat(statusFor("alice", request("MESSAGE", "sip:bob@pinhole.test", routes)))
                .isEqualTo(400);
        assertThat(statusFor("alice", request("MESSAGE", "sip:bob@pinhole.test", "Route: <tel:+1>")))
                .isEqualTo(400);
    }

    private int statusFor(@Nullable String identity, SIPMessage message) {
        Refusal refusal = doorkeeper.refusalOf(identity, invites, routes, message);
        return refusal == null ? 0 : refusal.status();
    }
}
