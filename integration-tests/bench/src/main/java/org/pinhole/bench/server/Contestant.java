package org.pinhole.bench.server;

import java.net.InetSocketAddress;

/** A running server that takes SIP over TLS. */
public interface Contestant extends AutoCloseable {
    /** As it stands in the tables. */
    String name();

    /** Where it takes TLS. */
    InetSocketAddress address();

    /** Whether a ping that comes before any SIP message has its pong. */
    boolean answersFirstPing();

    /** What the system says about its process. */
    ProcessFigures figures();

    /** Whether the process lives; a server that has crashed under the load is out. */
    boolean isRunning();

    /** Ends the process. */
    @Override
    void close();
}
