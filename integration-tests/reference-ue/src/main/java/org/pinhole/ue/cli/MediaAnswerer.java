package org.pinhole.ue.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.sip.Answerer;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.SipRequest;

/** Answers calls with the media that they offer, each on a thread of its own, because gathering takes a while. */
final class MediaAnswerer implements Answerer {
    /** The media of one call with what tells of them. */
    record Answered(MediaCall call, MediaReport report) {}

    private final MediaOptions options;
    private final ReachOptions reach;
    private final Map<String, Answered> calls = new ConcurrentHashMap<>();
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
        calls.put(invite.callId(), new Answered(call, report));
        return call.description();
    }

    /** The media of a call that was answered. */
    Answered require(SipRequest invite) throws SipFailure {
        @Nullable Answered found = calls.get(invite.callId());
        if (found == null) {
            throw new SipFailure("the call has no media");
        }
        return found;
    }
}
