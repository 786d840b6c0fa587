package org.pinhole.ue.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.sip.Challenge;
import org.pinhole.ue.sip.DigestAlgorithm;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;

/** A registered UE that tells what it sees, and that takes its leave of the registrar at the end or at Ctrl-C. */
final class Session implements AutoCloseable {
    private final UserAgent agent;
    private final PrintWriter out;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread atCtrlC = new Thread(this::leave, "ue-leave");

    private Session(UserAgent agent, PrintWriter out) {
        this.agent = agent;
        this.out = out;
    }

    static Session open(UeSettings settings, StayOptions stay, PrintWriter out) throws IOException {
        WireListener wire = stay.trace() ? new WirePrinter(out) : WireListener.NONE;
        Session session = new Session(UserAgent.connect(settings, wire), out);
        Runtime.getRuntime().addShutdownHook(session.atCtrlC);
        try {
            session.register();
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    UserAgent agent() {
        return agent;
    }

    private void register() throws SipFailure {
        ConnectReply reply = agent.connectReply();
        if (reply != null) {
            say("CONNECT", reply.statusLine());
        }
        TlsFacts tls = agent.tls();
        say("TLS", tls.protocol() + " " + tls.cipherSuite() + ", ALPN " + orNone(tls.applicationProtocol()));
        say("certificate", String.join(" ", tls.subjectAltNames()) + ", issued by " + tls.issuer());
        Registered registered = agent.register();
        say("REGISTER", registered.exchange().response().startLine() + ", " + digest(registered));
        say(
                "keep-alive",
                "keep=" + orNone(registered.keepSeconds()) + ", Flow-Timer " + orNone(registered.flowTimerSeconds())
                        + ", Require: outbound " + (registered.outbound() ? "present" : "absent"));
        say("ping", "pong after " + agent.pingNow().toNanos() / 1000 + " us");
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

    void say(String step, String seen) {
        out.println(step + ": " + seen);
        out.flush();
    }

    /** Stays until the time is over; fails when the flow does. */
    void stay(Duration limit) throws SipFailure {
        String failure = agent.awaitFailure(limit);
        if (failure != null && !over.get()) {
            throw new SipFailure("flow failed: " + failure);
        }
    }

    private void leave() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            say("de-REGISTER", agent.unregister().exchange().response().startLine());
        } catch (SipFailure e) {
            say("de-REGISTER", String.valueOf(e.getMessage()));
        }
        agent.close();
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(atCtrlC);
        } catch (IllegalStateException e) {
            // Ctrl-C came first, and the hook is at it.
        }
    }
}
