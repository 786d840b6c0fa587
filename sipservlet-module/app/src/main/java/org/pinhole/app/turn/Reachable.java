package org.pinhole.app.turn;

/** Whether the TURN server is there, as last seen. Answers at once; safe for any thread. */
public interface Reachable {
    /** Whether it is there. */
    boolean now();
}
