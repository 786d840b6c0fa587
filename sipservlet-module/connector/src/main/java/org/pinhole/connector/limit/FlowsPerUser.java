package org.pinhole.connector.limit;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The flows of one connector by the user who was authenticated on them. Nobody has more than so many: else one password would
 * be enough to hold every place that there is, for whoever is known never makes room for strangers. Any thread.
 *
 * @param <F> a flow
 */
public final class FlowsPerUser<F> {
    private final int most;
    private final Map<String, Set<F>> byUser = new HashMap<>();

    /** @param most flows of one user */
    public FlowsPerUser(int most) {
        this.most = most;
    }

    /** Takes in a flow; returns the user's oldest when it is one too many, and that one is not counted any more. */
    public synchronized @Nullable F enter(String user, F flow) {
        Set<F> flows = byUser.computeIfAbsent(user, first -> new LinkedHashSet<>(2));
        flows.add(flow);
        if (flows.size() <= most) {
            return null;
        }
        Iterator<F> inTheirOrder = flows.iterator();
        F oldest = inTheirOrder.next();
        inTheirOrder.remove();
        return oldest;
    }

    /** Any of the user's. */
    public synchronized @Nullable F findOneOf(String user) {
        Set<F> flows = byUser.get(user);
        return flows == null ? null : flows.iterator().next();
    }

    /** The flow is gone. */
    public synchronized void leave(String user, F flow) {
        Set<F> flows = byUser.get(user);
        if (flows != null && flows.remove(flow) && flows.isEmpty()) {
            byUser.remove(user);
        }
    }

    /** How many users there are entries for. */
    synchronized int users() {
        return byUser.size();
    }
}
