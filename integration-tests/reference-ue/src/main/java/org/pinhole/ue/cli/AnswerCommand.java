package org.pinhole.ue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.pinhole.ue.outbound.RegisteredFlow;
import org.pinhole.ue.sip.IncomingCall;
import org.pinhole.ue.sip.SipFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Registers and answers what comes. */
@Command(
        name = "answer",
        mixinStandardHelpOptions = true,
        description =
                "Registers, waits for a call and answers it (signalling only, no media); with --keep the next ones too.")
@SuppressWarnings("NullAway.Init") // picocli sets these before it calls
final class AnswerCommand implements Callable<Integer> {
    private static final Duration ACK = Duration.ofSeconds(32);
    private static final Duration TALK = Duration.ofDays(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private StayOptions stay;

    @Mixin
    private ReportOptions report;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(connection, stay, report, spec)) {
            for (RegisteredFlow flow : session.agent().flows()) {
                session.say("waiting", "for a call to " + flow.agent().contactUri());
            }
            do {
                answerOne(session);
            } while (stay.keep());
            return 0;
        }
    }

    private void answerOne(Session session) throws SipFailure {
        IncomingCall call = session.agent().awaitCall(stay.stay(300));
        session.say(
                "INVITE",
                "from " + call.invite().from().uri() + " to " + call.invite().uri());
        call.awaitConfirmed(ACK);
        session.say("ACK", "the call stands");
        call.awaitRemoteHangUp(TALK);
        session.say("BYE", "the far end hung up");
    }
}
