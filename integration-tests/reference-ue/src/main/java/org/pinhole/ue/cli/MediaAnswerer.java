package org.pinhole.ue.cli;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.sip.Answerer;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.SipRequest;

/** Answers calls with the media that they offer, each on a thread of its own, because gathering takes a while. */
final class MediaAnswerer implements Answerer {
    /** The media of one call with what tells of them. */
    record Answered(MediaCall call, MediaReport report) implements MadeForCalls.Closing {
        /** Relays are given back, which may take a while. */
        @Override
        public void close() {
            Thread thread = new Thread(call::close, "ue-media-end");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private final MediaOptions options;
    private final ReachOptions reach;
    private final MadeForCalls<Answered> calls = new MadeForCalls<>();
    private final CompletableFuture<Session> session = new CompletableFuture<>();

    MediaAnswerer(MediaOptions options, ReachOptions reach) {
        this.options = options;
        this.reach = reach;
    }

    /** From now on calls can be answered; those that came before wait for it. */
    void ready(Session registered) {
        session.complete(registered);
    }

    @Override
    public CompletableFuture<String> answer(SipRequest invite) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        calls.begun(invite.callId());
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(answered(invite, session.join()));
                    } catch (IOException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "ue-answer");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    private String answered(SipRequest invite, Session registered) throws IOException {
        MediaReport report = new MediaReport(registered::say);
        MediaCall call = MediaCall.answering(invite.bodyText(), options.plan(registered.registered(), reach), report);
        call.refusals().forEach(refusal -> registered.say("no candidate", refusal));
        calls.made(invite.callId(), new Answered(call, report));
        return call.description();
    }

    @Override
    public void ended(SipRequest invite) {
        calls.over(invite.callId());
    }

    /** The media of a call that was answered, which are the caller's to close. */
    Answered require(SipRequest invite) throws SipFailure {
        @Nullable Answered found = calls.take(invite.callId());
        if (found == null) {
            throw new SipFailure("the call was over before its media were taken up");
        }
        return found;
    }
}
