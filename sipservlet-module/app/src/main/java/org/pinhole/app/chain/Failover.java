package org.pinhole.app.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which flow of a phone is tried when (RFC 5626 §7): the next one when a flow has failed (430) or gave no answer in time
 * (408), none after any other final answer, since the phone has then spoken; and nowhere any more once the request is
 * decided. Of a phone there is never more than one target under way. Not safe for several threads.
 */
public final class Failover {
    /** The flow is gone (RFC 5626 §11.5). */
    public static final int FLOW_FAILED = 430;
    /** The flow is silent. */
    public static final int REQUEST_TIMEOUT = 408;

    /** What is left of each phone, by the one target of it that is under way. */
    private final Map<Target, Deque<Target>> underWay = new HashMap<>();

    private final List<Target> first = new ArrayList<>();

    private Failover(TargetSet targets) {
        for (List<Target> flows : targets.phones()) {
            Deque<Target> left = new ArrayDeque<>(flows);
            Target best = left.remove();
            first.add(best);
            underWay.put(best, left);
        }
    }

    /** The beginning, with the best target of each phone under way. */
    public static Failover of(TargetSet targets) {
        return new Failover(targets);
    }

    /** The best target of each phone. */
    public List<Target> first() {
        return new ArrayList<>(first);
    }

    /** Whether another flow would be tried if this target failed. */
    public boolean hasAnother(Target target) {
        Deque<Target> left = underWay.get(target);
        return left != null && !left.isEmpty();
    }

    /**
     * A target has its final answer.
     *
     * @return the target to be tried in its place, now under way; null when there is none
     */
    public @Nullable Target answered(Target target, int status) {
        Deque<Target> left = underWay.remove(target);
        if (status / 100 == 2 || status / 100 == 6) {
            end(); // RFC 3261 §16.7 steps 5 and 10
        }
        boolean failed = status == FLOW_FAILED || status == REQUEST_TIMEOUT;
        if (!failed || left == null || left.isEmpty()) {
            return null;
        }
        Target next = left.remove();
        underWay.put(next, left);
        return next;
    }

    /** The request is decided, or its sender has cancelled it: what is under way may still answer, nothing more is tried. */
    public void end() {
        underWay.clear();
    }
}
