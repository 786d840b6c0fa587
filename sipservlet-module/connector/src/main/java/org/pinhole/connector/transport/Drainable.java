package org.pinhole.connector.transport;

import java.io.IOException;

/** What can be emptied before a restart: a connector with its flows. Any thread but the event loops'. */
public interface Drainable {
    /** What it listens on. */
    ConnectorAddress address();

    /** Stops listening, and starts nothing new on its flows. Returns when the port is closed. */
    void drain(Drain drain);

    /**
     * Listens again, if it has not been closed meanwhile.
     *
     * @throws IOException when somebody else has the port now
     */
    void resume() throws IOException;

    /** How many flows are open. */
    int openFlows();

    /** Closes so many flows at most; returns how many. */
    int closeFlows(int count);
}
