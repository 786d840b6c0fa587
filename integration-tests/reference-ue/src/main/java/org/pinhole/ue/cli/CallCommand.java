package org.pinhole.ue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.sip.Exchange;
import org.pinhole.ue.sip.OutgoingCall;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.SipResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Registers and makes one call. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = "Registers, calls, stays in the call for a while, hangs up (signalling only, no media).")
@SuppressWarnings("NullAway.Init") // picocli sets these before it calls
final class CallCommand implements Callable<Integer> {
    private static final Duration RING = Duration.ofMinutes(3);
    private static final Duration ANSWER = Duration.ofSeconds(32);

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SIP-URI", description = "Whom to call, such as sip:bob@example.com.")
    private String target;

    @Option(
            names = "--give-up-after",
            paramLabel = "SECONDS",
            description = "How long to let it ring before CANCEL (default: 180).")
    private @Nullable Integer patienceSeconds;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private StayOptions stay;

    @Mixin
    private ReportOptions report;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(connection, stay, report, spec)) {
            OutgoingCall call = session.agent().call(target);
            Exchange answer = answered(call);
            session.say("INVITE", answer.response().startLine() + ", ACK sent");
            talk(session, call);
            if (stay.keep()) {
                session.stay(stay.stay(5));
            }
            return 0;
        }
    }

    /** Lets it ring for as long as was asked for, then gives up by CANCEL. */
    private Exchange answered(OutgoingCall call) throws SipFailure {
        try {
            return call.awaitAnswered(patience());
        } catch (SipFailure failure) {
            if (!(failure.getCause() instanceof TimeoutException)) {
                throw failure;
            }
            throw new SipFailure(
                    "not answered within " + patience().toSeconds() + " s; CANCEL sent, INVITE ended with "
                            + call.cancel(ANSWER),
                    failure);
        }
    }

    private Duration patience() {
        return patienceSeconds == null ? RING : Duration.ofSeconds(patienceSeconds);
    }

    private void talk(Session session, OutgoingCall call) throws SipFailure {
        try {
            call.awaitRemoteHangUp(stay.duration(5));
            session.say("BYE", "the far end hung up");
        } catch (SipFailure stillTalking) {
            hangUp(session, call);
        }
    }

    private static void hangUp(Session session, OutgoingCall call) throws SipFailure {
        SipResponse answer = call.hangUp(ANSWER);
        session.say("BYE", answer.startLine());
        if (answer.status() / 100 != 2) {
            throw new SipFailure("BYE was answered " + answer.startLine() + ", so the far end may not know of it");
        }
    }
}
