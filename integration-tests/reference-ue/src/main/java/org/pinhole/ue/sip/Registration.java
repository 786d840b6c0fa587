package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One registration on one flow: REGISTER, its refresh at half of the time granted, and its end. All with one Call-ID
 * (O-15). Lives on the loop.
 */
final class Registration {
    private final UeLoop loop;
    private final LocalEnd local;
    private final Requester requester;
    private final DigestClient digest;
    private final KeepAlive keepAlive;
    private final Consumer<String> refreshFailed;
    private final String callId;
    private final String fromTag;
    private long cseq;
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
        keepAlive.negotiated(registered.keepSeconds());
        Duration half = Duration.ofSeconds(registered.expiresSeconds()).dividedBy(2);
        refresh = loop.schedule(half, () -> refresh(expires));
    }

    private void refresh(Duration expires) {
        send(expires, registered -> granted(registered, expires), problem -> {
            keepAlive.negotiated(null);
            refreshFailed.accept(String.valueOf(problem.getMessage()));
        });
    }

    /** Removes the binding; with it the negotiation of pings ends (K-7). */
    void unregister(CompletableFuture<Registered> result) {
        keepAlive.negotiated(null);
        send(
                Duration.ZERO,
                gone -> {
                    serviceRoute = List.of();
                    result.complete(gone);
                },
                result::completeExceptionally);
    }

    private void send(Duration expires, Consumer<Registered> succeeded, Consumer<SipFailure> failed) {
        cancelRefresh();
        SipRequest request = local.register(callId, fromTag, ++cseq, expires.toSeconds());
        requester.send(request, digest, () -> ++cseq, new Requester.Owner() {
            @Override
            public void done(SipRequest sent, Exchange exchange) {
                if (exchange.response().success()) {
                    succeeded.accept(Registered.of(exchange, sent));
                } else {
                    failed.accept(SipFailure.answered("REGISTER", exchange.response()));
                }
            }

            @Override
            public void failed(String reason) {
                failed.accept(new SipFailure("REGISTER: " + reason));
            }
        });
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
