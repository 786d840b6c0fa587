package org.pinhole.ue.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.DigestAlgorithm;
import org.pinhole.ue.outbound.FlowListener;
import org.pinhole.ue.outbound.RegisteredFlow;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.tunnel.TunnelRoute;

/** One line per step of every flow, and whether the command may go on. Flows are numbered only where there are several. */
final class FlowReport implements FlowListener<RegisteredFlow> {
    private final Report report;
    private final int edges;
    private final boolean reconnects;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private int refusals;
    private volatile boolean silent;

    FlowReport(Report report, int edges, boolean reconnects) {
        this.report = report;
        this.edges = edges;
        this.reconnects = reconnects;
    }

    /** Done when the first flow stands; failed when every edge refused before. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Fails when a flow is lost for good. */
    CompletableFuture<Void> failed() {
        return failed;
    }

    /** From now on flows that end are no news. */
    void silence() {
        silent = true;
    }

    void say(String step, String seen) {
        report.say(step, seen);
    }

    private void say(int regId, String step, String seen) {
        if (edges > 1) {
            report.say(regId, step, seen);
        } else {
            report.say(step, seen);
        }
    }

    @Override
    public void formed(int regId, TunnelRoute route, RegisteredFlow flow) {
        ConnectReply reply = flow.agent().connectReply();
        if (reply != null) {
            say(regId, "CONNECT", reply.statusLine());
        }
        TlsFacts tls = flow.agent().tls();
        say(regId, "TLS", tls.protocol() + " " + tls.cipherSuite() + ", ALPN " + orNone(tls.applicationProtocol()));
        say(regId, "certificate", String.join(" ", tls.subjectAltNames()) + ", issued by " + tls.issuer());
        Registered registered = flow.registered();
        say(regId, "REGISTER", registered.exchange().response().startLine() + ", " + digest(registered));
        say(
                regId,
                "keep-alive",
                "keep=" + orNone(registered.keepSeconds()) + ", Flow-Timer " + orNone(registered.flowTimerSeconds())
                        + ", Require: outbound " + (registered.outbound() ? "present" : "absent"));
        Duration pong = flow.pong();
        say(regId, "ping", pong == null ? "none agreed on" : "pong after " + pong.toNanos() / 1000 + " us");
        begun.complete(null);
    }

    private static String digest(Registered registered) {
        DigestAlgorithm algorithm = registered.exchange().algorithm();
        if (algorithm == null) {
            return "nobody asked for credentials";
        }
        String offered = registered.exchange().offered().stream()
                .map(Challenge::algorithmName)
                .collect(Collectors.joining(", "));
        return "Digest " + algorithm.token() + (offered.isEmpty() ? "" : " of " + offered);
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }

    @Override
    public void lost(int regId, TunnelRoute route, String reason) {
        if (silent) {
            return;
        }
        if (!reconnects) {
            failed.completeExceptionally(new SipFailure("flow failed: " + reason));
            return;
        }
        say(regId, "lost", reason);
    }

    @Override
    public void refused(int regId, TunnelRoute route, String reason) {
        if (silent) {
            return;
        }
        refusals++;
        if (!begun.isDone() && refusals >= edges) {
            begun.completeExceptionally(new SipFailure(reason));
        } else {
            say(regId, "refused", route.server() + ": " + reason);
        }
        if (begun.isDone() && !reconnects) {
            failed.completeExceptionally(new SipFailure(reason));
        }
    }

    @Override
    public void waiting(int regId, Duration time) {
        if (!silent && begun.isDone() && !begun.isCompletedExceptionally()) {
            say(regId, "waiting", time.toSeconds() + " s before the next try");
        }
    }
}
