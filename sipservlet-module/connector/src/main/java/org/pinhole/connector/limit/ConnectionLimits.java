package org.pinhole.connector.limit;

/** How many connections one connector holds at once. Immutable. */
public final class ConnectionLimits {
    private final int connections;
    private final int perSource;
    private final int perNetwork;
    private final int handshakes;

    /**
     * All four.
     *
     * @param perSource from one address; an office behind a proxy is one address
     * @param perNetwork from one /24, or one /56 of IPv6
     * @param handshakes connections that are not flows yet
     */
    public ConnectionLimits(int connections, int perSource, int perNetwork, int handshakes) {
        this.connections = connections;
        this.perSource = perSource;
        this.perNetwork = perNetwork;
        this.handshakes = handshakes;
    }

    int connections() {
        return connections;
    }

    int perSource() {
        return perSource;
    }

    int perNetwork() {
        return perNetwork;
    }

    int handshakes() {
        return handshakes;
    }
}
