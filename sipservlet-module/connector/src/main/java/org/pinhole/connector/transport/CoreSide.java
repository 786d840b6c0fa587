package org.pinhole.connector.transport;

import org.pinhole.api.FlowToken;

/** How we are reached by whoever keeps the phones' registrations: an address and a transport. Immutable. */
final class CoreSide {
    private final String hostPort;
    private final String transport;

    CoreSide(String hostPort, String transport) {
        this.hostPort = hostPort;
        this.transport = transport;
    }

    /** The URI by which a flow is reached through here, without further parameters. */
    String uriOf(FlowToken flow) {
        return "sip:" + flow.text() + "@" + hostPort + ";transport=" + transport;
    }
}
