package org.pinhole.turn.request;

import org.pinhole.turn.allocation.FiveTuple;

/**
 * How many answers a source gets that has not proved to be who it says: Binding, 401, 438 and every other error without
 * integrity. Asked on every event loop at once, before such an answer is written; no answer leaves nothing behind.
 */
@FunctionalInterface
public interface AnswerLimit {
    AnswerLimit NONE = client -> true;

    /** Whether one more answer may go to the client now. */
    boolean allows(FiveTuple client);
}
