package org.pinhole.connector.transport;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Network;

/**
 * The handshakes of one event loop take turns: a step of one of them, then a look at all sockets, then a step of the next.
 * A step is a signature or a key agreement, a good part of a millisecond; when thousands of phones come back at once, the
 * pings of those that are there wait for one step and never for all of them. What has begun and what has not take turns: if all
 * took their first step before any took its second, all would be done at the very end, or all too late; and if what has begun
 * always went first, whoever begins many and drips them would keep the others from beginning. So do the networks
 * among themselves, and in each its sources: many handshakes from one address wait for each other, and not those of another for
 * them, and whoever has many addresses has no more turns by them. On that event loop only.
 */
final class HandshakeTurns {
    private final EventExecutor loop;
    private final InTurn<Network, Runnable> begun = new InTurn<>();
    private final InTurn<Network, Runnable> waiting = new InTurn<>();
    private boolean scheduled;
    private boolean lastHadBegun;

    HandshakeTurns(EventExecutor loop) {
        this.loop = loop;
    }

    /**
     * Takes the step at once if no other was taken since the sockets were looked at, else when its turn comes.
     *
     * @param from where its connection comes from, from wide to narrow
     * @param first whether it is its handshake's first
     * @param step what is to be done, once
     */
    void take(List<Network> from, boolean first, Runnable step) {
        (first ? waiting : begun).add(from, step);
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

    /** Its connection is gone: whoever connects, says a byte and goes, again and again, delays nobody and fills no queue. */
    void drop(List<Network> from, Runnable step) {
        waiting.remove(from, step);
        begun.remove(from, step);
    }

    private void next() {
        Runnable step = poll();
        scheduled = false;
        if (step != null) {
            schedule();
            step.run();
        }
    }

    private @Nullable Runnable poll() {
        Runnable step = (lastHadBegun ? waiting : begun).poll();
        if (step != null) {
            lastHadBegun = !lastHadBegun;
            return step;
        }
        return (lastHadBegun ? begun : waiting).poll();
    }

    /** How many networks wait. */
    int networks() {
        return waiting.places() + begun.places();
    }
}
