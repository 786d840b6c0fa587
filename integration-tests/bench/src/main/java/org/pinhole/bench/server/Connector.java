package org.pinhole.bench.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What takes TLS in a container. */
public enum Connector {
    /** The agent's. */
    PINHOLE("pinhole", 24443, "gov.nist.javax.sip.stack.NioMessageProcessorFactory"),
    /** Stock, non-blocking: what the container's own distribution configures. */
    NIO("stock NIO", 24444, "gov.nist.javax.sip.stack.NioMessageProcessorFactory"),
    /** Stock, a thread per connection: the stack's default. */
    OIO("stock OIO", 24445, "gov.nist.javax.sip.stack.OIOMessageProcessorFactory");

    private final String title;
    private final int port; // below those that the system gives to connections
    private final String processorFactory;

    Connector(String title, int port, String processorFactory) {
        this.title = title;
        this.port = port;
        this.processorFactory = processorFactory;
    }

    /** As it stands in the tables. */
    public String title() {
        return title;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    String processorFactory() {
        return processorFactory;
    }
}
