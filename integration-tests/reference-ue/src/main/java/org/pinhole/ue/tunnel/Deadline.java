package org.pinhole.ue.tunnel;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes something when an exchange over it has taken too long as a whole. A bound on each read is none on the exchange:
 * whoever sends an octet now and then keeps it going for days; and on a write there is no bound at all.
 */
final class Deadline implements AutoCloseable {
    private enum State {
        RUNNING,
        PASSED,
        CANCELLED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    private Deadline() {}

    /** Begins now, until it is closed itself. */
    static Deadline on(Closeable what, Duration limit) {
        Deadline deadline = new Deadline();
        Executor later = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> deadline.end(what));
        return deadline;
    }

    private void end(Closeable what) {
        if (state.compareAndSet(State.RUNNING, State.PASSED)) {
            try {
                what.close();
            } catch (IOException e) {
                // closed is what was wanted
            }
        }
    }

    /** Whether it was this that ended the exchange. */
    boolean passed() {
        return state.get() == State.PASSED;
    }

    @Override
    public void close() {
        state.compareAndSet(State.RUNNING, State.CANCELLED);
    }
}
