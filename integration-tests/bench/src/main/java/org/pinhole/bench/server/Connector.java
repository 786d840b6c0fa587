package org.pinhole.bench.server;

/** What takes TLS in a container. */
public enum Connector {
    /** The agent's. */
    PINHOLE("pinhole", "gov.nist.javax.sip.stack.NioMessageProcessorFactory"),
    /** Stock, non-blocking: what the container's own distribution configures. */
    NIO("stock NIO", "gov.nist.javax.sip.stack.NioMessageProcessorFactory"),
    /** Stock, a thread per connection: the stack's default. */
    OIO("stock OIO", "gov.nist.javax.sip.stack.OIOMessageProcessorFactory");

    private final String title;
    private final String processorFactory;

    Connector(String title, String processorFactory) {
        this.title = title;
        this.processorFactory = processorFactory;
    }

    /** As it stands in the tables. */
    public String title() {
        return title;
    }

    String processorFactory() {
        return processorFactory;
    }
}
