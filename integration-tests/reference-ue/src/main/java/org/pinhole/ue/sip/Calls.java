package org.pinhole.ue.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;

/** The calls of one UE, and where each request from the flow goes. Lives on the loop, but for {@link #arrived}. */
final class Calls {
    private final CallParts parts;
    private final List<Call> calls = new ArrayList<>();
    private final BlockingQueue<CompletableFuture<IncomingCall>> arrived = new LinkedBlockingQueue<>();
    private final boolean reuses;
    private @Nullable Consumer<IncomingCall> listener;
    private @Nullable String reused;

    Calls(UeLoop loop, SipLink link, LocalEnd local, Requester requester, Ids ids) {
        this(loop, link, local, requester, ids, Set.of());
    }

    Calls(UeLoop loop, SipLink link, LocalEnd local, Requester requester, Ids ids, Set<Misbehaviour> misbehaviours) {
        this.parts = new CallParts(loop, link, local, requester, ids, this::over);
        this.reuses = misbehaviours.contains(Misbehaviour.REUSED_TOKEN);
    }

    private void over(Call call) {
        if (calls.remove(call)) {
            tellAnswerer(call);
        }
        Dialog known = call.dialog;
        if (reuses && known != null) {
            reused = known.remoteTarget();
        }
    }

    private void tellAnswerer(Call call) {
        Answerer answerer = parts.local().answerer();
        if (answerer != null && call instanceof IncomingCall) {
            answerer.ended(call.invite());
        }
    }

    /** Calls that came and that nobody has fetched yet; a failed one says that the flow is gone. Any thread. */
    BlockingQueue<CompletableFuture<IncomingCall>> arrived() {
        return arrived;
    }

    /** From now on calls that come are told here, on the loop, and not queued. */
    void tell(Consumer<IncomingCall> newListener) {
        listener = newListener;
    }

    /** A call that is ready to start; it starts on the loop. */
    OutgoingCall begin(String target, List<String> routes, @Nullable String offer) {
        String known = reused;
        OutgoingCall call = new OutgoingCall(parts, known == null ? target : known, routes, offer);
        calls.add(call);
        call.start();
        return call;
    }

    /** A request, as RFC 3261 §8.2 walks through it. */
    void request(SipRequest request) {
        if (request.method().equals("ACK")) {
            acknowledge(request);
            return;
        }
        if (request.method().equals("CANCEL")) {
            cancel(request);
            return;
        }
        if (request.to().params().has("tag")) {
            insideDialog(request);
            return;
        }
        switch (request.method()) {
            case "INVITE" -> invite(request);
            case "OPTIONS" -> parts.link().send(OtherRequests.options(request, tag()));
            case "BYE" -> noSuchDialog(request);
            default -> parts.link().send(OtherRequests.refusal(request, tag()));
        }
    }

    private void acknowledge(SipRequest ack) {
        Call call = find(ack);
        if (call != null) {
            call.ack(ack);
        }
    }

    private void cancel(SipRequest cancel) {
        for (Call call : List.copyOf(calls)) {
            if (call instanceof IncomingCall in && in.cancelledBy(cancel)) {
                parts.link().send(Replies.reply(cancel, 200, "OK", tag()));
                in.giveUp();
                return;
            }
        }
        parts.link().send(gone(cancel));
    }

    private void insideDialog(SipRequest request) {
        Call call = find(request);
        if (call == null) {
            noSuchDialog(request);
        } else {
            call.inDialog(request);
        }
    }

    private void invite(SipRequest request) {
        List<String> wanted = request.headers().entries("Require").stream()
                .filter(option -> !option.equalsIgnoreCase("outbound"))
                .toList();
        if (!wanted.isEmpty()) {
            SipResponse no = Replies.reply(request, 420, "Bad Extension", tag());
            parts.link().send(no.with(no.headers().plus("Unsupported", String.join(", ", wanted))));
            return;
        }
        if (calls.size() >= parts.local().callsAtOnce()) {
            parts.link().send(Replies.reply(request, 486, "Busy Here", tag()));
            return;
        }
        IncomingCall call = new IncomingCall(parts, request);
        calls.add(call);
        call.ring(parts.local().ringing());
        Consumer<IncomingCall> taker = listener;
        if (taker == null) {
            arrived.add(CompletableFuture.completedFuture(call));
        } else {
            taker.accept(call);
        }
    }

    private void noSuchDialog(SipRequest request) {
        parts.link().send(gone(request));
    }

    private SipResponse gone(SipRequest request) {
        return Replies.reply(request, 481, "Call/Transaction Does Not Exist", tag());
    }

    private String tag() {
        return parts.ids().tag();
    }

    private @Nullable Call find(SipRequest request) {
        for (Call call : calls) {
            if (call.holds(request)) {
                return call;
            }
        }
        return null;
    }

    /** A response that no transaction waits for: a 200 to INVITE that is sent again until our ACK arrives. */
    void strayResponse(SipResponse response) {
        if (!response.success() || !response.cseq().method().equals("INVITE")) {
            return;
        }
        for (Call call : calls) {
            if (call instanceof OutgoingCall out && out.answeredAgain(response)) {
                return;
            }
        }
    }

    void flowFailed(String reason) {
        List.copyOf(calls).forEach(call -> {
            call.flowFailed(reason);
            over(call);
        });
        calls.clear();
        arrived.add(CompletableFuture.failedFuture(new SipFailure(reason)));
    }
}
