package org.pinhole.connector.transport;

import org.pinhole.connector.flow.FlowTable;

/** What all connections of one connector share. */
final class Connector {
    private final ConnectorSettings settings;
    private final FlowTable flows;
    private final Doorkeeper doorkeeper;
    private final ConnectorCounters counters = new ConnectorCounters();
    private volatile PinholeMessageProcessor processor;

    @SuppressWarnings("NullAway.Init") // the stack's side is there before the first connection is accepted
    Connector(ConnectorSettings settings, FlowTable flows, Doorkeeper doorkeeper) {
        this.settings = settings;
        this.flows = flows;
        this.doorkeeper = doorkeeper;
    }

    void attach(PinholeMessageProcessor stackSide) {
        processor = stackSide;
    }

    ConnectorSettings settings() {
        return settings;
    }

    FlowTable flows() {
        return flows;
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    ConnectorCounters counters() {
        return counters;
    }

    PinholeMessageProcessor processor() {
        return processor;
    }
}
