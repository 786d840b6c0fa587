package org.pinhole.connector.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * How many calls of one phone, or of one user's phones, are processed at once; the others wait here for their turn. Else the
 * calls of one phone could have all threads that there are, and whatever they wait for, a data base or a connection that does
 * not come about, everybody else would wait for. Any thread; the lock is held for a few instructions.
 */
final class CallsAtOnce {
    /** As long as nothing blocks, two or three have all processors busy. */
    static final int OF_A_PHONE = 8;

    /** An edge before us brings all its phones' calls over one connection. */
    static final int OF_AN_EDGE = 32;

    private final int most;
    private int now;
    /** Null until one has to wait: most phones have one call. */
    private @Nullable Queue<CallLine> waiting;

    CallsAtOnce(int most) {
        this.most = most;
    }

    /** Whether a line may be seen to; it waits here if not. */
    synchronized boolean begins(CallLine line) {
        if (now < most) {
            now++;
            return true;
        }
        Queue<CallLine> others = waiting;
        if (others == null) {
            others = new ArrayDeque<>();
            waiting = others;
        }
        others.add(line);
        return false;
    }

    /** Nobody has to see to one of those that began. Which may be seen to in its place, or null. */
    synchronized @Nullable CallLine ended() {
        Queue<CallLine> others = waiting;
        CallLine next = others == null ? null : others.poll();
        if (next == null) {
            now--;
        }
        return next;
    }

    /** One that began has more to be done. Which may be seen to now: the one that has waited longest, or itself. */
    synchronized CallLine inTurn(CallLine line) {
        Queue<CallLine> others = waiting;
        CallLine next = others == null ? null : others.poll();
        if (others == null || next == null) {
            return line;
        }
        others.add(line);
        return next;
    }
}
