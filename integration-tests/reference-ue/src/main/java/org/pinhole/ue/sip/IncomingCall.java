package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;

/** A call that came: 180, after a while 200, the 200 again until its ACK is there (RFC 3261 §13.3.1.4). */
public final class IncomingCall extends Call {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);

    private final SipRequest invite;
    private final String localTag;
    private final CompletableFuture<SipRequest> confirmed = new CompletableFuture<>();
    private UeLoop.@Nullable Timer again;
    private UeLoop.@Nullable Timer ringing;
    private boolean answering;

    IncomingCall(CallParts parts, SipRequest invite) {
        super(parts);
        this.invite = invite;
        this.localTag = parts.ids().tag();
        this.dialog = Dialog.ofCallee(local, invite, localTag);
        this.theirs = invite.bodyText();
    }

    @Override
    public SipRequest invite() {
        return invite;
    }

    /** Waits for the ACK to our 200, which is the result. */
    public SipRequest awaitConfirmed(Duration limit) throws SipFailure {
        return Await.on(confirmed, limit, "ACK");
    }

    /** Rings, and answers when that time is over unless the caller gives up first. */
    void ring(Duration time) {
        link.send(Replies.dialogReply(invite, 180, "Ringing", localTag, local.dialogContactUri()));
        if (time.isZero()) {
            answer();
        } else {
            ringing = loop.schedule(time, this::answer);
        }
    }

    private void answer() {
        ringing = null;
        Answerer answerer = local.answerer();
        if (answerer == null) {
            send200();
            return;
        }
        answering = true;
        CompletableFuture<Void> unused = answerer.answer(invite).handle((answer, failure) -> {
            loop.execute(() -> answered(answer, failure));
            return null;
        });
    }

    private void answered(@Nullable String answer, @Nullable Throwable failure) {
        if (!answering) {
            return;
        }
        answering = false;
        if (answer == null) {
            String reason = failure == null ? "" : String.valueOf(failure.getMessage());
            link.send(Replies.reply(invite, 488, "Not Acceptable Here", localTag));
            end("answered 488: " + reason);
            return;
        }
        described = answer;
        send200();
    }

    private void send200() {
        SipResponse ok = Replies.dialogReply(invite, 200, "OK", localTag, local.dialogContactUri());
        SipResponse answer = Replies.withSdp(ok, answerTo(invite));
        link.send(answer);
        again = loop.schedule(T1, () -> sendAgain(answer, T1, T1));
    }

    /** Proxies in between may have lost it, whatever our own transport is. */
    private void sendAgain(SipResponse answer, Duration last, Duration waited) {
        if (waited.compareTo(ClientTransactions.TIMEOUT) >= 0) {
            confirmed.completeExceptionally(new SipFailure("no ACK to our 200; hung up"));
            bye(new CompletableFuture<>());
            return;
        }
        link.send(answer);
        Duration next = last.multipliedBy(2).compareTo(T2) > 0 ? T2 : last.multipliedBy(2);
        again = loop.schedule(next, () -> sendAgain(answer, next, waited.plus(next)));
    }

    @Override
    void ack(SipRequest ack) {
        stopSending();
        confirmed.complete(ack);
    }

    /** The caller gave up: 487, unless the answer is out already, which a CANCEL does not undo (§9.2). */
    void giveUp() {
        if (ringing == null && !answering) {
            return;
        }
        stopSending();
        link.send(Replies.reply(invite, 487, "Request Terminated", localTag));
        end("the caller gave up before the call was answered");
    }

    private void end(String reason) {
        SipFailure cancelled = new SipFailure(reason);
        confirmed.completeExceptionally(cancelled);
        ended.completeExceptionally(cancelled);
        over();
    }

    /** Whether this CANCEL means our INVITE: same branch (§9.2). */
    boolean cancelledBy(SipRequest cancel) {
        String branch = invite.topVia().branch();
        return branch != null && branch.equals(cancel.topVia().branch());
    }

    @Override
    void flowFailed(String reason) {
        stopSending();
        confirmed.completeExceptionally(new SipFailure(reason));
        super.flowFailed(reason);
    }

    private void stopSending() {
        if (again != null) {
            again.cancel();
        }
        if (ringing != null) {
            ringing.cancel();
            ringing = null;
        }
        answering = false;
    }
}
