package org.pinhole.connector.transport;

import java.util.concurrent.Executor;
import org.pinhole.connector.limit.Holding;

/**
 * The bound on what one phone may have waiting for the stack: beyond it the connection is not read until some of it is done,
 * and TCP slows the phone down. What strangers have there is counted with what they leave unfinished, so that there is a bound
 * on all of them together; what has no connection any more is dropped with it.
 */
final class Intake {
    static final int MAX_IN_FLIGHT = 64;

    /** Of the largest messages there may be two or three, and no honest phone has more than a few of them. */
    static final int MAX_BYTES_IN_FLIGHT = 128 * 1024;

    /** What each costs beside its own: so small ones count by their number. */
    static final int EACH_BYTES = 512;

    /** Counted in steps of so many: most messages are done before they come to one. */
    static final int STEP_BYTES = 8 * 1024;

    private final ReadGate gate;
    private final Holding holding;
    private int counted;
    private int inFlight;
    private int bytesInFlight;
    private boolean full;

    /** @param holding what the connection holds */
    Intake(ReadGate gate, Holding holding) {
        this.gate = gate;
        this.holding = holding;
    }

    /**
     * Hands work on. On the event loop.
     *
     * @param threads those of its call
     * @param bytes what the work keeps in memory until it is done
     */
    void accept(Executor threads, int bytes, Runnable work) {
        begun(bytes);
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                done(bytes);
            }
        });
    }

    /** Count and gate change together, or a full gate could be left behind by an empty stack. */
    private synchronized void begun(int bytes) {
        inFlight++;
        bytesInFlight += EACH_BYTES + bytes;
        if (!full && (inFlight >= MAX_IN_FLIGHT || bytesInFlight >= MAX_BYTES_IN_FLIGHT)) {
            full = true;
            gate.stackIsFull(true);
        }
        count();
    }

    private synchronized void done(int bytes) {
        inFlight--;
        bytesInFlight -= EACH_BYTES + bytes;
        if (full && inFlight <= MAX_IN_FLIGHT / 2 && bytesInFlight <= MAX_BYTES_IN_FLIGHT / 2) {
            full = false;
            gate.stackIsFull(false);
        }
        count();
    }

    private void count() {
        int waiting = bytesInFlight - bytesInFlight % STEP_BYTES;
        boolean more = waiting > counted && !holding.isKnown();
        boolean less = counted > 0 && (bytesInFlight == 0 || waiting < counted - STEP_BYTES);
        if (more || less) {
            holding.change(waiting - counted);
            counted = waiting;
        }
    }
}
