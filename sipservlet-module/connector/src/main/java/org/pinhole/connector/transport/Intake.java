package org.pinhole.connector.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The bound on what one phone may have in the stack's queue, which all transports share: beyond it the connection is not
 * read until some of it is done, and TCP slows the phone down.
 */
final class Intake {
    static final int MAX_IN_FLIGHT = 64;

    private final ReadGate gate;
    private int inFlight;

    Intake(ReadGate gate) {
        this.gate = gate;
    }

    /** Hands work to the stack's threads. On the event loop. */
    void accept(Executor stackThreads, String callId, Runnable work) {
        begun();
        try {
            stackThreads.execute(FlowMessageChannel.affine(callId, () -> {
                try {
                    work.run();
                } finally {
                    done();
                }
            }));
        } catch (RejectedExecutionException stackIsStopping) {
            done();
        }
    }

    /** Count and gate change together, or a full gate could be left behind by an empty stack. */
    private synchronized void begun() {
        if (++inFlight == MAX_IN_FLIGHT) {
            gate.stackIsFull(true);
        }
    }

    private synchronized void done() {
        if (--inFlight == MAX_IN_FLIGHT / 2) {
            gate.stackIsFull(false);
        }
    }
}
