package org.pinhole.connector.admin;

/** {@code org.pinhole:type=Drain}: what an operator does before a restart. */
public interface DrainMBean {
    /**
     * {@code off}, {@code draining} or {@code drained}; {@code reopening} when it was cancelled and somebody else has a port,
     * which is tried again until it is free.
     */
    String getState();

    /** How many flows are open now, on all connectors. */
    int getFlowsLeft();

    /** Seconds until the last flow is closed; 0 when nothing drains. */
    int getSecondsLeft();

    /** Stops accepting, and closes the flows over so many seconds, 1 to 3600. Returns when the ports are closed. */
    void start(int windowSeconds);

    /** Accepts again. What was closed stays closed. Fails when a port is taken, and goes on trying to open it. */
    void cancel();
}
