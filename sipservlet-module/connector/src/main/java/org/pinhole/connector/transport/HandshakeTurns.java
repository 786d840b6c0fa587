package org.pinhole.connector.transport;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes of one event loop take turns: a step of one of them, then a look at all sockets, then a step of the next.
 * A step is a signature or a key agreement, a good part of a millisecond; when thousands of phones come back at once, the
 * pings of those that are there wait for one step and never for all of them. What has begun goes first: if all took their
 * first step before any took its second, all would be done at the very end, or all too late. On that event loop only.
 */
final class HandshakeTurns {
    private final EventExecutor loop;
    private final Queue<BooleanSupplier> begun = new ArrayDeque<>();
    private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();
    private boolean scheduled;

    HandshakeTurns(EventExecutor loop) {
        this.loop = loop;
    }

    /**
     * Takes the step at once if no other was taken since the sockets were looked at, else when its turn comes.
     *
     * @param first whether it is its handshake's first
     * @param step whether there was anything left to do; when not, that was no turn
     */
    void take(boolean first, BooleanSupplier step) {
        (first ? waiting : begun).add(step);
        if (!scheduled) {
            next();
        }
    }

    /** As a timer, not as a task: the loop runs all its tasks, but only those timers that were due when it began with them. */
    @SuppressWarnings("FutureReturnValueIgnored") // a loop that ends drops its timers, and nobody waits for them
    private void schedule() {
        scheduled = true;
        loop.schedule(this::next, 1, TimeUnit.NANOSECONDS);
    }

    private void next() {
        BooleanSupplier step = poll();
        if (step == null) {
            scheduled = false;
            return;
        }
        schedule();
        // whoever connects, says a byte and goes, again and again, delays nobody and fills no queue
        while (step != null && !step.getAsBoolean()) {
            step = poll();
        }
    }

    private @Nullable BooleanSupplier poll() {
        BooleanSupplier step = begun.poll();
        return step == null ? waiting.poll() : step;
    }
}
