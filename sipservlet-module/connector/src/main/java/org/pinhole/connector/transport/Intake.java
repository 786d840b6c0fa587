package org.pinhole.connector.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The bound on what one phone may have in the stack's queue, which all transports share: beyond it the connection is not
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
     * Hands work to the stack's threads. On the event loop.
     *
     * @param bytes what the work keeps in memory until it is done
     */
    void accept(Executor stackThreads, String callId, int bytes, Runnable work) {
        begun(bytes);
        try {
            stackThreads.execute(CallThreads.OF_THIS_PROCESS.task(callId, () -> {
                try {
                    work.run();
                } finally {
                    done(bytes);
                }
            }));
        } catch (RejectedExecutionException stackIsStopping) {
            done(bytes);
        }
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
