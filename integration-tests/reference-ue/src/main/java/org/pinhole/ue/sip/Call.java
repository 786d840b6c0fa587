package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;

/** A call that was begun. What waits may be called from any thread but the UE's own; the rest lives on the loop. */
public abstract sealed class Call permits OutgoingCall, IncomingCall {
    final UeLoop loop;
    final SipLink link;
    final LocalEnd local;
    final CompletableFuture<SipRequest> ended = new CompletableFuture<>();
    private final Requester requester;
    private final Consumer<Call> forget;

    @Nullable
    Dialog dialog;

    /** What the far end described first; ICE goes on with that. */
    @Nullable
    String theirs;

    /** Our own description where there are media, else null. */
    @Nullable
    String described;

    Call(CallParts parts) {
        this.loop = parts.loop();
        this.link = parts.link();
        this.local = parts.local();
        this.requester = parts.requester();
        this.forget = parts.forget();
    }

    /** The INVITE as it was last sent, or as it was received. */
    public abstract SipRequest invite();

    /** Waits until the far end hung up; its BYE is the result. */
    public SipRequest awaitRemoteHangUp(Duration limit) throws SipFailure {
        return Await.on(ended, limit, "the far end's BYE");
    }

    /** Whether the far end hangs up within that time; fails when the call ends in another way, such as with its flow. */
    public boolean endedWithin(Duration limit) throws SipFailure {
        try {
            awaitRemoteHangUp(limit);
            return true;
        } catch (SipFailure e) {
            if (e.getCause() instanceof TimeoutException) {
                return false;
            }
            throw e;
        }
    }

    /** Sends BYE and waits for the answer to it. */
    public SipResponse hangUp(Duration limit) throws SipFailure {
        CompletableFuture<SipResponse> answer = new CompletableFuture<>();
        loop.execute(() -> bye(answer));
        return Await.on(answer, limit, "the answer to BYE");
    }

    final void bye(CompletableFuture<SipResponse> answer) {
        Dialog known = dialog;
        if (known == null || ended.isDone()) {
            answer.completeExceptionally(new SipFailure("there is no call to hang up"));
            return;
        }
        forget.accept(this);
        requester.send(known.request("BYE"), known::nextCSeq, new Requester.Owner() {
            @Override
            public void done(SipRequest request, Exchange exchange) {
                ended.completeExceptionally(new SipFailure("hung up by ourselves"));
                answer.complete(exchange.response());
            }

            @Override
            public void failed(String reason) {
                ended.completeExceptionally(new SipFailure(reason));
                answer.completeExceptionally(new SipFailure("BYE: " + reason));
            }
        });
    }

    final boolean holds(SipRequest request) {
        return dialog != null && dialog.holds(request);
    }

    /** A request inside the dialog; ACK is not handed in here. */
    final void inDialog(SipRequest request) {
        Dialog known = dialog;
        if (known == null || !known.inOrder(request)) {
            link.send(Replies.reply(request, 500, "CSeq Out Of Order", ""));
            return;
        }
        switch (request.method()) {
            case "BYE" -> {
                link.send(Replies.reply(request, 200, "OK", ""));
                forget.accept(this);
                ended.complete(request);
            }
            case "INVITE" -> {
                if (restartsIce(request)) {
                    link.send(Replies.reply(request, 488, "Not Acceptable Here", ""));
                    return;
                }
                known.refreshTarget(request);
                SipResponse ok = Replies.dialogReply(request, 200, "OK", "", local.dialogContactUri());
                link.send(Replies.withSdp(ok, answerTo(request)));
            }
            case "OPTIONS" -> link.send(OtherRequests.options(request, ""));
            default -> link.send(OtherRequests.refusal(request, ""));
        }
    }

    /** New ICE credentials ask for new checks (RFC 8445 §9), which this UE does not do; the session stays as it is. */
    private boolean restartsIce(SipRequest request) {
        String before = theirs;
        List<String> fragments = Sdp.fragments(request.bodyText());
        return described != null && before != null && !fragments.isEmpty() && !fragments.equals(Sdp.fragments(before));
    }

    /** What was described last, which a re-INVITE is answered with again; else that there are no media. */
    final String answerTo(SipRequest request) {
        String known = described;
        if (known != null) {
            return known;
        }
        long session = loop.now().getEpochSecond();
        return request.body().length == 0
                ? Sdp.offer(local.host(), session)
                : Sdp.answer(request.bodyText(), local.host(), session);
    }

    abstract void ack(SipRequest ack);

    void flowFailed(String reason) {
        ended.completeExceptionally(new SipFailure(reason));
    }

    final void over() {
        forget.accept(this);
    }

    final Requester requester() {
        return requester;
    }
}
