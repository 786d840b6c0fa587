package org.pinhole.ue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.MediaCall;
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
        description =
                "Registers, calls, stays in the call for a while, hangs up. With --audio, --video or --message the call has media.")
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
    private MediaOptions media;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private StayOptions stay;

    @Mixin
    private ReportOptions report;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(connection, stay, report, spec)) {
            if (media.wanted()) {
                withMedia(session);
            } else {
                talk(session, stand(session, null), stay.duration(5));
            }
            if (stay.keep()) {
                session.stay(stay.stay(5));
            }
            return 0;
        }
    }

    private OutgoingCall stand(Session session, @Nullable MediaCall with) throws IOException {
        OutgoingCall call = session.agent().call(target, with == null ? null : with.description());
        Exchange answer = answered(call);
        session.say("INVITE", answer.response().startLine() + ", ACK sent");
        if (with != null) {
            with.answered(answer.response().bodyText());
        }
        return call;
    }

    /** The call with its media: what they came to is told before BYE, and what did not come about fails the command. */
    private void withMedia(Session session) throws IOException {
        MediaReport seen = new MediaReport(session::say);
        try (MediaCall with =
                MediaCall.offering(media.media(), media.plan(session.registered(), connection.reach()), seen)) {
            with.refusals().forEach(refusal -> session.say("no candidate", refusal));
            OutgoingCall call = stand(session, with);
            try {
                seen.awaitStreams(with.streams());
                if (media.message() != null) {
                    seen.sendMessage(with, media.message());
                }
                talk(session, call, with, seen);
            } catch (IOException failed) {
                hangUpQuietly(call);
                throw failed;
            }
        }
    }

    private void talk(Session session, OutgoingCall call, MediaCall with, MediaReport seen) throws IOException {
        boolean ended = new MediaTalk(media, session::say, with, seen).endedWithin(call, stay.duration(5));
        seen.awaitStreams(with.streams());
        String last = media.lastMessage();
        if (last != null && !ended) {
            seen.sendMessage(with, last);
        }
        seen.figures(with);
        if (ended) {
            session.say("BYE", "the far end hung up");
        } else {
            hangUp(session, call);
        }
    }

    private static void hangUpQuietly(OutgoingCall call) {
        try {
            call.hangUp(ANSWER);
        } catch (SipFailure alreadyOver) {
            // What failed before is what is told.
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

    private static void talk(Session session, OutgoingCall call, Duration limit) throws SipFailure {
        if (call.endedWithin(limit)) {
            session.say("BYE", "the far end hung up");
        } else {
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
