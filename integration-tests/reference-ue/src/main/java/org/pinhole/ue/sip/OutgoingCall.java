package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that we make: INVITE, ringing, 200, ACK (RFC 3261 §13.2). */
public final class OutgoingCall extends Call {
    private final CompletableFuture<SipResponse> ringing = new CompletableFuture<>();
    private final CompletableFuture<Exchange> answered = new CompletableFuture<>();
    private volatile SipRequest invite;
    private final Cancellation cancellation = new Cancellation();
    private long cseq = 1;
    private @Nullable SipRequest ack;

    OutgoingCall(CallParts parts, String target, List<String> routes, @Nullable String offer) {
        super(parts);
        this.described = offer;
        String sdp = offer == null ? Sdp.offer(local.host(), loop.now().getEpochSecond()) : offer;
        this.invite = local.invite(target, parts.ids().callId(), parts.ids().tag(), cseq, routes, sdp);
    }

    @Override
    public SipRequest invite() {
        return invite;
    }

    /** Waits for the first 18x. Fails when the call was answered or refused without one. */
    public SipResponse awaitRinging(Duration limit) throws SipFailure {
        return Await.on(ringing, limit, "180");
    }

    /** Waits for 200; the ACK has gone out when this returns. */
    public Exchange awaitAnswered(Duration limit) throws SipFailure {
        return Await.on(answered, limit, "an answer to INVITE");
    }

    /**
     * Gives up before the answer: CANCEL once something was heard of the INVITE (§9.1). Returns when the INVITE is over; a
     * 200 that crossed the CANCEL is hung up at once.
     *
     * @return the status that ended the INVITE: 487 as a rule, 200 for an answer that came first
     */
    public int cancel(Duration limit) throws SipFailure {
        CompletableFuture<Integer> over = new CompletableFuture<>();
        loop.execute(() -> cancelled(over));
        return Await.on(over, limit, "the end of a cancelled INVITE");
    }

    void cancelled(CompletableFuture<Integer> over) {
        cancellation.wanted(over);
        cancelIfDue();
    }

    private void cancelIfDue() {
        if (cancellation.due()) {
            requester().sendPlain(ClientTransactions.cancelFor(invite), Requester.Owner.DEAF);
        }
    }

    void start() {
        requester().send(invite, () -> ++cseq, new Requester.Owner() {
            @Override
            public void provisional(SipRequest request, SipResponse response) {
                invite = request;
                cancellation.provisional();
                cancelIfDue();
                if (response.status() > 100) {
                    ringing.complete(response);
                }
            }

            @Override
            public void done(SipRequest request, Exchange exchange) {
                invite = request;
                settled(exchange);
            }

            @Override
            public void failed(String reason) {
                refuse("INVITE: " + reason);
            }
        });
    }

    private void settled(Exchange exchange) {
        SipResponse response = exchange.response();
        cancellation.over(response.status());
        if (!response.success()) {
            refuse(SipFailure.answered("INVITE", response).getMessage());
            return;
        }
        try {
            dialog = Dialog.ofCaller(local, invite, response);
            theirs = response.bodyText();
            ack = dialog.ack(invite);
            link.send(ack);
            ringing.completeExceptionally(new SipFailure("answered without ringing"));
            answered.complete(exchange);
            if (cancellation.wanted()) {
                bye(new CompletableFuture<>());
            }
        } catch (SipFormatException e) {
            refuse("200 to INVITE makes no dialog: " + e.getMessage());
        }
    }

    /** The callee's 200 again, because our ACK has not reached it yet (§13.2.2.4). */
    boolean answeredAgain(SipResponse response) {
        if (dialog == null || ack == null || !dialog.answeredBy(response)) {
            return false;
        }
        link.send(ack);
        return true;
    }

    private void refuse(@Nullable String reason) {
        cancellation.failed(String.valueOf(reason));
        SipFailure failure = new SipFailure(String.valueOf(reason));
        over();
        ringing.completeExceptionally(failure);
        answered.completeExceptionally(failure);
        ended.completeExceptionally(failure);
    }

    @Override
    void ack(SipRequest received) {
        // For a 200 of ours to a re-INVITE; nothing waits for it.
    }

    @Override
    void flowFailed(String reason) {
        super.flowFailed(reason);
        refuse(reason);
    }
}
