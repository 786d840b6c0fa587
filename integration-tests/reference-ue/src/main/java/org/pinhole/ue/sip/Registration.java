package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.loop.UeLoop;

/** One registration on one flow: REGISTER, its refreshes and its end, all with one Call-ID (O-15). Lives on the loop. */
final class Registration {
    /** A registrar that wants more each time is not to be followed for ever. */
    private static final int MAX_TOO_BRIEF = 2;

    private final UeLoop loop;
    private final LocalEnd local;
    private final Requester requester;
    private final DigestClient digest;
    private final KeepAlive keepAlive;
    private final Consumer<String> refreshFailed;
    private final String callId;
    private final String fromTag;
    private long cseq;
    private int tooBrief;
    private boolean outbound = true;
    private List<String> serviceRoute = List.of();
    private UeLoop.@Nullable Timer refresh;

    Registration(
            UeLoop loop,
            LocalEnd local,
            Requester requester,
            KeepAlive keepAlive,
            Ids ids,
            Consumer<String> refreshFailed) {
        this.loop = loop;
        this.local = local;
        this.requester = requester;
        this.digest = requester.newDigestClient();
        this.keepAlive = keepAlive;
        this.refreshFailed = refreshFailed;
        this.callId = ids.callId();
        this.fromTag = ids.tag();
    }

    List<String> serviceRoute() {
        return serviceRoute;
    }

    /** Registers; on success pings follow what the 2xx says, and the refresh is set. */
    void register(Duration expires, CompletableFuture<Registered> result) {
        send(
                expires,
                registered -> {
                    granted(registered, expires);
                    result.complete(registered);
                },
                result::completeExceptionally);
    }

    private void granted(Registered registered, Duration expires) {
        serviceRoute = registered.serviceRoute();
        local.registered(registered);
        keepAlive.negotiated(registered.pingSeconds());
        refresh = loop.schedule(registered.refreshAfter(), () -> refresh(expires));
    }

    private void refresh(Duration expires) {
        send(expires, registered -> granted(registered, expires), problem -> refreshRefused(problem, expires));
    }

    /** A registrar that asks us to wait has not ended the flow, which lives while pongs come (O-15); anything else has. */
    private void refreshRefused(SipFailure problem, Duration expires) {
        if (!problem.retryAfter().isZero()) {
            refresh = loop.schedule(problem.retryAfter(), () -> refresh(expires));
            return;
        }
        keepAlive.negotiated(null);
        refreshFailed.accept(String.valueOf(problem.getMessage()));
    }

    /** Removes the binding; with it the negotiation of pings ends (K-7). */
    void unregister(CompletableFuture<Registered> result) {
        keepAlive.negotiated(null);
        send(
                Duration.ZERO,
                gone -> {
                    serviceRoute = List.of();
                    local.registered(null);
                    result.complete(gone);
                },
                result::completeExceptionally);
    }

    private void send(Duration expires, Consumer<Registered> succeeded, Consumer<SipFailure> failed) {
        cancelRefresh();
        SipRequest request = local.register(callId, fromTag, ++cseq, expires.toSeconds(), outbound);
        requester.send(request, digest, () -> ++cseq, new Requester.Owner() {
            @Override
            public void done(SipRequest sent, Exchange exchange) {
                SipResponse response = exchange.response();
                Duration longer = response.minExpires();
                if (response.success()) {
                    succeeded(Registered.of(exchange, sent), expires, succeeded, failed);
                } else if (response.status() == 423 && longer.compareTo(expires) > 0 && mayAsk(expires)) {
                    tooBrief++;
                    send(longer, succeeded, failed);
                } else if (response.status() == 439 && outbound) {
                    outbound = false;
                    send(expires, succeeded, failed);
                } else {
                    failed.accept(SipFailure.answered("REGISTER", response));
                }
            }

            @Override
            public void failed(String reason) {
                failed.accept(new SipFailure("REGISTER: " + reason));
            }
        });
    }

    private boolean mayAsk(Duration expires) {
        return !expires.isZero() && tooBrief < MAX_TOO_BRIEF;
    }

    /** A 2xx counts only where it says that we are bound, and for how long. */
    private void succeeded(
            Registered registered, Duration asked, Consumer<Registered> succeeded, Consumer<SipFailure> failed) {
        tooBrief = 0;
        String answer = registered.exchange().response().startLine();
        if (!asked.isZero() && !registered.bound()) {
            failed.accept(new SipFailure("REGISTER: " + answer + " has no binding of ours among its Contacts"));
        } else if (!asked.isZero() && registered.expiresSeconds() == 0) {
            failed.accept(new SipFailure("REGISTER: " + answer + " grants our binding no time: expires=0"));
        } else {
            succeeded.accept(registered);
        }
    }

    private void cancelRefresh() {
        if (refresh != null) {
            refresh.cancel();
            refresh = null;
        }
    }

    void stop() {
        cancelRefresh();
    }
}
