package org.pinhole.ue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.outbound.OutboundAgent;
import org.pinhole.ue.outbound.RegisteredFlow;
import org.pinhole.ue.sip.Answerer;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.WireListener;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A registered UE that tells what it sees, and that takes its leave of the registrar at the end or at Ctrl-C. */
final class Session implements AutoCloseable {
    /** What is not over by then is left to end by itself: who pressed Ctrl-C waits for it. */
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final OutboundAgent agent;
    private final FlowReport report;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread atCtrlC = new Thread(this::leave, "ue-leave");

    private Session(OutboundAgent agent, FlowReport report) {
        this.agent = agent;
        this.report = report;
    }

    /** Registers on every flow; returns when the first stands, fails when every edge refused. */
    static Session open(ConnectionOptions connection, StayOptions stay, ReportOptions how, CommandSpec spec)
            throws IOException {
        return open(connection, stay, how, spec, null);
    }

    /** The same answering calls by this, or without media for null. */
    static Session open(
            ConnectionOptions connection,
            StayOptions stay,
            ReportOptions how,
            CommandSpec spec,
            @Nullable Answerer answerer)
            throws IOException {
        CommandLine line = spec.commandLine();
        WireListener wire =
                stay.trace() ? new WirePrinter(how.json() ? line.getErr() : line.getOut()) : WireListener.NONE;
        int edges = connection.edges();
        FlowReport report = new FlowReport(how.report(spec), edges, stay.keep() || edges > 1);
        UeSettings settings =
                connection.settings(report).ringingFor(stay.ringing()).takingCalls(1);
        settings = answerer == null ? settings : settings.answeringBy(answerer);
        OutboundAgent agent =
                OutboundAgent.start(settings, connection.routes(report), connection.flows(), report, wire);
        Session session = new Session(agent, report);
        Runtime.getRuntime().addShutdownHook(session.atCtrlC);
        try {
            await(report.begun(), Duration.ofDays(1));
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** What the registrar said to the first flow that stands. */
    Registered registered() throws SipFailure {
        List<RegisteredFlow> flows = agent.flows();
        if (flows.isEmpty()) {
            throw new SipFailure("no flow stands");
        }
        return flows.get(0).registered();
    }

    OutboundAgent agent() {
        return agent;
    }

    void say(String step, String seen) {
        report.say(step, seen);
    }

    /** Stays until the time is over; fails when the flow does and none is to replace it. */
    void stay(Duration limit) throws SipFailure {
        await(report.failed(), limit);
    }

    private static void await(CompletableFuture<Void> future, Duration limit) throws SipFailure {
        try {
            future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new SipFailure(cause == null ? e.toString() : String.valueOf(cause.getMessage()), e);
        } catch (TimeoutException e) {
            // What might have failed did not.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SipFailure("interrupted", e);
        }
    }

    private void leave() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        report.silence();
        List<Thread> leaving = standing().stream().map(this::leaving).toList();
        leaving.forEach(Thread::start);
        for (Thread thread : leaving) {
            joinQuietly(thread);
        }
        agent.close();
    }

    private List<RegisteredFlow> standing() {
        try {
            return agent.flows();
        } catch (SipFailure e) {
            say("de-REGISTER", String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    /** On a thread of its own: an edge that is deaf keeps the others' bindings no longer. */
    private Thread leaving(RegisteredFlow flow) {
        Thread thread = new Thread(() -> leave(flow), "ue-leave-flow");
        thread.setDaemon(true);
        return thread;
    }

    private void leave(RegisteredFlow flow) {
        try {
            say("de-REGISTER", flow.agent().unregister().exchange().response().startLine());
        } catch (SipFailure e) {
            say("de-REGISTER", String.valueOf(e.getMessage()));
        }
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join(LEAVE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
