package org.pinhole.ue.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * The flows of one UE: reg-ids 1, 2, … , each on an edge of its own (RFC 5626 §4.2.1). A flow that fails is replaced under
 * the same reg-id, on an edge that is free and has not just failed where there is one, else on its own after the back-off
 * (§4.5). Lives on the loop.
 *
 * @param <F> what a flow is to the one that dials
 */
final class FlowSet<F> {
    private final UeLoop loop;
    private final BackOff backOff;
    private final FlowDialer<F> dialer;
    private final FlowListener<F> listener;
    private final List<Edge> edges;
    private final int count;
    private final List<Integer> missing = new ArrayList<>();
    private final TreeMap<Integer, F> formed = new TreeMap<>();
    private UeLoop.@Nullable Timer retry;
    private boolean stopped;

    /** Keeps {@code count} flows, at most one per edge, edges in their order of preference. */
    FlowSet(
            UeLoop loop,
            BackOff backOff,
            List<TunnelRoute> routes,
            int count,
            FlowDialer<F> dialer,
            FlowListener<F> listener) {
        if (count < 1 || count > routes.size()) {
            throw new IllegalArgumentException(count + " flows over " + routes.size() + " edges: give 1 to as many");
        }
        this.loop = loop;
        this.backOff = backOff;
        this.edges = routes.stream().map(Edge::new).toList();
        this.count = count;
        this.dialer = dialer;
        this.listener = listener;
    }

    /** Dials all, lowest reg-id first: the same reg-ids at each start (O-15). */
    void start() {
        for (int regId = 1; regId <= count; regId++) {
            missing.add(regId);
        }
        fill();
    }

    /** The flows that stand, lowest reg-id first. */
    List<F> formed() {
        return List.copyOf(formed.values());
    }

    private void fill() {
        cancelRetry();
        while (!stopped && !missing.isEmpty()) {
            Edge edge = nextReady();
            if (edge == null) {
                waitForTheNext();
                return;
            }
            dial(missing.remove(0), edge);
        }
    }

    private @Nullable Edge nextReady() {
        Instant now = loop.now();
        return edges.stream()
                .filter(edge -> edge.readyAt(now))
                .min(Comparator.comparing(Edge::lastFailed))
                .orElse(null);
    }

    private void waitForTheNext() {
        Instant now = loop.now();
        edges.stream()
                .filter(edge -> !edge.inUse())
                .map(Edge::notBefore)
                .min(Comparator.naturalOrder())
                .ifPresent(earliest -> {
                    Duration time = Duration.between(now, earliest);
                    missing.forEach(regId -> listener.waiting(regId, time));
                    retry = loop.schedule(time, this::fill);
                });
    }

    private void dial(int regId, Edge edge) {
        edge.dialled();
        dialer.dial(edge.route(), regId, new FlowDialer.Outcome<>() {
            @Override
            public void formed(F flow) {
                edge.formed(loop.now());
                formed.put(regId, flow);
                listener.formed(regId, edge.route(), flow);
            }

            @Override
            public void lost(String reason) {
                formed.remove(regId);
                int before = edge.lost(loop.now());
                if (before > 0) {
                    edge.leaveAloneUntil(loop.now().plus(backOff.delay(before, formed.isEmpty())));
                }
                listener.lost(regId, edge.route(), reason);
                replace(regId);
            }

            @Override
            public void refused(String reason, Duration retryAfter) {
                int failures = edge.refused(loop.now());
                Duration delay = backOff.delay(failures, formed.isEmpty());
                edge.leaveAloneUntil(loop.now().plus(delay.compareTo(retryAfter) < 0 ? retryAfter : delay));
                listener.refused(regId, edge.route(), reason);
                replace(regId);
            }
        });
    }

    private void replace(int regId) {
        if (!stopped) {
            missing.add(regId);
            missing.sort(Comparator.naturalOrder());
            fill();
        }
    }

    /** Dials no more. The flows that stand are the caller's to close. */
    void stop() {
        stopped = true;
        cancelRetry();
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }
}
