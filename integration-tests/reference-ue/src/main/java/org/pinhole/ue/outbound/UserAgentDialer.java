package org.pinhole.ue.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.pinhole.ue.loop.UeLoop;
import org.pinhole.ue.sip.IncomingCall;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.TunnelRoute;

/** Forms flows by connecting a {@link UserAgent} on a thread of the executor; outcomes go to the loop. */
final class UserAgentDialer implements FlowDialer<RegisteredFlow> {
    private final UeSettings settings;
    private final UeLoop loop;
    private final Executor threads;
    private final WireListener wire;
    private final Consumer<IncomingCall> calls;
    private volatile boolean closed;

    UserAgentDialer(
            UeSettings settings, UeLoop loop, Executor threads, WireListener wire, Consumer<IncomingCall> calls) {
        this.settings = settings;
        this.loop = loop;
        this.threads = threads;
        this.wire = wire;
        this.calls = calls;
    }

    /** Flows that are formed from now on are closed at once. */
    void close() {
        closed = true;
    }

    @Override
    public void dial(TunnelRoute route, int regId, Outcome<RegisteredFlow> outcome) {
        threads.execute(() -> {
            try {
                RegisteredFlow flow = form(settings.onFlow(regId, route));
                if (closed) {
                    flow.agent().close();
                    return;
                }
                loop.execute(() -> outcome.formed(flow));
                flow.agent().onFailure(reason -> {
                    flow.agent().close();
                    loop.execute(() -> outcome.lost(reason));
                });
            } catch (IOException e) {
                Duration retryAfter = e instanceof SipFailure failure ? failure.retryAfter() : Duration.ZERO;
                loop.execute(() -> outcome.refused(String.valueOf(e.getMessage()), retryAfter));
            } catch (RuntimeException e) {
                // The thread's edge: a bug of ours must not leave the reg-id without a flow for ever.
                loop.execute(() -> outcome.refused(e.toString(), Duration.ZERO));
            }
        });
    }

    /** A flow counts as formed once it is registered and, where pings were agreed on, a pong came (RFC 5626 §4.5). */
    private RegisteredFlow form(UeSettings flow) throws IOException {
        UserAgent agent = UserAgent.connect(flow, wire);
        try {
            agent.onCall(calls);
            Registered registered = agent.register();
            return new RegisteredFlow(agent, registered, registered.pingSeconds() == null ? null : agent.pingNow());
        } catch (IOException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }
}
