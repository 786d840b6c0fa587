package org.pinhole.ue.outbound;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.ThreadLoop;
import org.pinhole.ue.sip.IncomingCall;
import org.pinhole.ue.sip.OutgoingCall;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * A UE that stays reachable: a flow to each of several edges, calls from any of them, calls out over the first that stands,
 * and a flow that fails replaced (RFC 5626 §4). Methods may be called from any thread and block.
 */
public final class OutboundAgent implements AutoCloseable {
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final ThreadLoop loop;
    private final ExecutorService threads;
    private final UserAgentDialer dialer;
    private final FlowSet<RegisteredFlow> flows;
    private final BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();

    private OutboundAgent(
            UeSettings settings,
            List<TunnelRoute> edges,
            int count,
            FlowListener<RegisteredFlow> listener,
            WireListener wire) {
        this.loop = new ThreadLoop("ue-" + settings.user() + "-flows", InstantSource.system());
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ue-" + settings.user() + "-dialer");
            thread.setDaemon(true);
            return thread;
        });
        this.dialer = new UserAgentDialer(settings, loop, threads, wire, calls::add);
        this.flows = new FlowSet<>(loop, new BackOff(new SecureRandom()), edges, count, dialer, listener);
    }

    /**
     * Begins to dial and returns; the listener learns what comes of it.
     *
     * @param settings who we are; the route in it is not used
     * @param edges the outbound-proxy-set, in order of preference
     * @param count how many flows to keep, at most one per edge
     */
    public static OutboundAgent start(
            UeSettings settings,
            List<TunnelRoute> edges,
            int count,
            FlowListener<RegisteredFlow> listener,
            WireListener wire) {
        OutboundAgent agent = new OutboundAgent(settings, List.copyOf(edges), count, listener, wire);
        agent.loop.execute(agent.flows::start);
        return agent;
    }

    /** The flows that stand, lowest reg-id first. */
    public List<RegisteredFlow> flows() throws SipFailure {
        CompletableFuture<List<RegisteredFlow>> formed = new CompletableFuture<>();
        loop.execute(() -> formed.complete(flows.formed()));
        try {
            return formed.get(LEAVE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SipFailure("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new SipFailure("this UE was closed", e);
        }
    }

    /** Calls over the flow with the lowest reg-id that stands. */
    public OutgoingCall call(String target) throws SipFailure {
        return call(target, null);
    }

    /** The same with this session description, or one without media for null. */
    public OutgoingCall call(String target, @Nullable String offer) throws SipFailure {
        List<RegisteredFlow> standing = flows();
        if (standing.isEmpty()) {
            throw new SipFailure("no flow stands, so nobody can be called");
        }
        return standing.get(0).agent().call(target, offer);
    }

    /** The next call that came in over any flow and was rung or answered. */
    public IncomingCall awaitCall(Duration limit) throws SipFailure {
        try {
            IncomingCall call = calls.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (call == null) {
                throw new SipFailure("no call came within " + limit.toSeconds() + " s");
            }
            return call;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SipFailure("interrupted while waiting for a call", e);
        }
    }

    /** Dials no more and closes every flow; unregister on them first to be polite. */
    @Override
    public void close() {
        dialer.close();
        loop.execute(() -> {
            flows.stop();
            flows.formed().forEach(flow -> flow.agent().close());
            loop.close();
        });
        threads.shutdown();
    }
}
