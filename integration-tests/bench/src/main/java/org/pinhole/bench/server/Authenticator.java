package org.pinhole.bench.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Who tells users apart in a container, and by which connector they reach it. */
public enum Authenticator {
    /** The registrar application declares Digest, and Pinhole's verifier answers for it; the stock NIO connector. */
    OURS("pinhole's verifier", 24461),
    /** The same application, connector and container; its own authenticator. */
    STOCK("the container's own", 24462),
    /** Pinhole as registrar, from its own connector to the binding. */
    REGISTRAR("pinhole as registrar", 24463);

    private final String title;
    private final int port; // below those that the system gives to connections

    Authenticator(String title, int port) {
        this.title = title;
        this.port = port;
    }

    /** As it stands in the tables. */
    public String title() {
        return title;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
