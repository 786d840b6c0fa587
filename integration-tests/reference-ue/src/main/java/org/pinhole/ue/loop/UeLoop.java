package org.pinhole.ue.loop;

import java.time.Duration;
import java.time.Instant;

/** The one thread on which a UE's state lives, with its clock and its timers. Tests drive one by hand. */
public interface UeLoop {
    /** Runs it on the loop, after what was handed in before. */
    void execute(Runnable task);

    /** Runs it on the loop when that time has passed, unless cancelled. */
    Timer schedule(Duration delay, Runnable task);

    Instant now();

    /** Something that will happen unless it is cancelled; cancelling twice, or too late, does nothing. */
    interface Timer {
        void cancel();
    }
}
