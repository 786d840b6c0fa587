package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.sip.Exchange;
import org.pinhole.ue.sip.IncomingCall;
import org.pinhole.ue.sip.OutgoingCall;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.SipRequest;
import org.pinhole.ue.sip.SipResponse;

/** One phone calls the other, and one of them hangs up. */
final class CallScene {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Phone caller;
    private final Phone callee;
    private @Nullable OutgoingCall outgoing;
    private @Nullable IncomingCall incoming;

    CallScene(Phone caller, Phone callee) {
        this.caller = caller;
        this.callee = callee;
    }

    String call() throws SipFailure, StepFailed {
        OutgoingCall call = caller.agent().call(callee.aor());
        outgoing = call;
        SipResponse ringing = call.awaitRinging(SOON);
        Exchange answer = call.awaitAnswered(SOON);
        String challenges = answer.challenged().stream()
                .map(response -> Integer.toString(response.status()))
                .collect(Collectors.joining(", "));
        String seen = "INVITE " + callee.aor() + " -> " + (challenges.isEmpty() ? "no challenge" : challenges) + " -> "
                + ringing.status() + " -> " + answer.response().startLine() + ", ACK sent";
        return expect(!challenges.isEmpty() && answer.response().status() == 200, seen);
    }

    /** The INVITE came on the connection that registered, for the Contact that was registered, octet for octet. */
    String inviteOnTheFlow() throws SipFailure, StepFailed {
        IncomingCall call = callee.agent().awaitCall(SOON);
        incoming = call;
        boolean ours = call.invite().uri().equals(callee.agent().contactUri());
        boolean onTheWire = callee.received(call.invite().startLine()) == 1;
        return expect(
                ours && onTheWire,
                "on " + callee.agent().localAddress() + ": " + call.invite().startLine() + "; registered "
                        + callee.agent().contactUri());
    }

    String acknowledged() throws SipFailure, StepFailed {
        SipRequest ack = incoming().awaitConfirmed(SOON);
        return expect(
                callee.hasAcceptedAt(ack.uri()),
                "180 and 200 sent, " + ack.startLine() + " received, CSeq " + ack.cseq());
    }

    String calleeHangsUp() throws SipFailure, StepFailed {
        SipResponse answer = incoming().hangUp(SOON);
        SipRequest bye = outgoing().awaitRemoteHangUp(SOON);
        return expect(answer.status() == 200, "the caller got " + bye.startLine() + "; " + answer.startLine());
    }

    String callerHangsUp() throws SipFailure, StepFailed {
        SipResponse answer = outgoing().hangUp(SOON);
        SipRequest bye = incoming().awaitRemoteHangUp(SOON);
        return expect(answer.status() == 200, "the callee got " + bye.startLine() + "; " + answer.startLine());
    }

    private OutgoingCall outgoing() throws StepFailed {
        OutgoingCall call = outgoing;
        if (call == null) {
            throw new StepFailed("no call was made");
        }
        return call;
    }

    private IncomingCall incoming() throws StepFailed {
        IncomingCall call = incoming;
        if (call == null) {
            throw new StepFailed("no call came");
        }
        return call;
    }
}
