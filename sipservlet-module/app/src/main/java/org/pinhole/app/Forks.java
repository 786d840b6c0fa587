package org.pinhole.app;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pinhole.api.FlowToken;

/** The forks under way, by the flows on which they await an answer. Safe for any thread. */
final class Forks {
    private final Map<FlowToken, Set<ServletFork>> byFlow = new ConcurrentHashMap<>();

    /** This fork awaits an answer on this flow. */
    void add(FlowToken flow, ServletFork fork) {
        byFlow.compute(flow, (same, present) -> {
            Set<ServletFork> forks = present == null ? ConcurrentHashMap.newKeySet() : present;
            forks.add(fork);
            return forks;
        });
    }

    /** This fork awaits no answer on this flow any more. */
    void remove(FlowToken flow, ServletFork fork) {
        byFlow.computeIfPresent(flow, (same, forks) -> {
            forks.remove(fork);
            return forks.isEmpty() ? null : forks;
        });
    }

    /** Tells who awaits an answer on a flow that none will come. On an event loop. */
    void flowClosed(FlowToken flow) {
        Set<ServletFork> forks = byFlow.remove(flow);
        for (ServletFork fork : forks == null ? Collections.<ServletFork>emptySet() : forks) {
            fork.flowClosed(flow);
        }
    }

    /** On how many flows an answer is awaited. */
    int flows() {
        return byFlow.size();
    }
}
