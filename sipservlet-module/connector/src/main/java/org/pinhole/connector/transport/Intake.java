package org.pinhole.connector.transport;

import java.util.concurrent.Executor;

/**
 * The bound on what one phone may have waiting for the stack: beyond it the connection is not
 * read until some of it is done, and TCP slows the phone down.
 */
final class Intake {
    static final int MAX_IN_FLIGHT = 64;

    /** Of the largest messages there may be two or three, and no honest phone has more than a few of them. */
    static final int MAX_BYTES_IN_FLIGHT = 128 * 1024;

    private final ReadGate gate;
    private int inFlight;
    private int bytesInFlight;
    private boolean full;

    Intake(ReadGate gate) {
        this.gate = gate;
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
        bytesInFlight += bytes;
        if (!full && (inFlight >= MAX_IN_FLIGHT || bytesInFlight >= MAX_BYTES_IN_FLIGHT)) {
            full = true;
            gate.stackIsFull(true);
        }
    }

    private synchronized void done(int bytes) {
        inFlight--;
        bytesInFlight -= bytes;
        if (full && inFlight <= MAX_IN_FLIGHT / 2 && bytesInFlight <= MAX_BYTES_IN_FLIGHT / 2) {
            full = false;
            gate.stackIsFull(false);
        }
    }
}
