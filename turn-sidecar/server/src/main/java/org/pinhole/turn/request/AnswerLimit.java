package org.pinhole.turn.request;

import java.net.InetAddress;

/**
 * How many answers a source gets that has not proved to be who it says: Binding, 401, 438 and every other error without
 * integrity. Asked on every event loop at once, before such an answer is written; no answer leaves nothing behind.
 */
@FunctionalInterface
public interface AnswerLimit {
    AnswerLimit NONE = source -> true;

    /** Whether one more answer may go to the source now. */
    boolean allows(InetAddress source);
}
