package org.pinhole.ue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.outbound.RegisteredFlow;
import org.pinhole.ue.sip.IncomingCall;
import org.pinhole.ue.sip.SipFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Registers and answers what comes. */
@Command(
        name = "answer",
        mixinStandardHelpOptions = true,
        description =
                "Registers, waits for a call and answers it; with --keep the next ones too. With --media the call has what it offers.")
@SuppressWarnings("NullAway.Init") // picocli sets these before it calls
final class AnswerCommand implements Callable<Integer> {
    private static final Duration ACK = Duration.ofSeconds(32);
    private static final Duration TALK = Duration.ofDays(1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--media",
            description = "Answer with the media that are offered. Without it calls are signalling only.")
    private boolean withMedia;

    @Mixin
    private MediaOptions media;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private StayOptions stay;

    @Mixin
    private ReportOptions report;

    @Override
    public Integer call() throws IOException {
        MediaAnswerer answerer = withMedia || media.wanted() ? new MediaAnswerer(media, connection.reach()) : null;
        try (Session session = Session.open(connection, stay, report, spec, answerer)) {
            if (answerer != null) {
                answerer.ready(session);
            }
            for (RegisteredFlow flow : session.agent().flows()) {
                session.say("waiting", "for a call to " + flow.agent().contactUri());
            }
            do {
                answerNext(session, answerer);
            } while (stay.keep());
            return 0;
        }
    }

    /** With --keep a call that fails, as it does when its flow dies, is told and the next one waited for. */
    private void answerNext(Session session, @Nullable MediaAnswerer answerer) throws IOException {
        try {
            answerOne(session, answerer);
        } catch (SipFailure e) {
            if (!stay.keep()) {
                throw e;
            }
            session.say("call failed", String.valueOf(e.getMessage()));
        }
    }

    private void answerOne(Session session, @Nullable MediaAnswerer answerer) throws IOException {
        IncomingCall call = session.agent().awaitCall(stay.stay(300));
        session.say(
                "INVITE",
                "from " + call.invite().from().uri() + " to " + call.invite().uri());
        call.awaitConfirmed(ACK);
        session.say("ACK", "the call stands");
        if (answerer == null) {
            call.awaitRemoteHangUp(TALK);
        } else {
            talk(call, answerer.require(call.invite()));
        }
        session.say("BYE", "the far end hung up");
    }

    private void talk(IncomingCall call, MediaAnswerer.Answered with) throws IOException {
        try (MediaCall streams = with.call()) {
            with.report().awaitStreams(streams.streams());
            String text = media.message();
            if (text != null && streams.streams().contains("message")) {
                with.report().sendMessage(streams, text);
            }
            new MediaTalk(media, with.report()::say, streams, with.report()).endedWithin(call, TALK);
            with.report().figures(streams);
        }
    }
}
