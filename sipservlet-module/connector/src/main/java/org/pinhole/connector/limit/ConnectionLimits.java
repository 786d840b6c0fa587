package org.pinhole.connector.limit;

/** How many connections one connector holds at once. Immutable. */
public final class ConnectionLimits {
    private final Caps connections;
    private final Caps handshakes;

    /**
     * Both.
     *
     * @param connections whatever they are
     * @param handshakes those of them that are not flows yet
     */
    public ConnectionLimits(Caps connections, Caps handshakes) {
        this.connections = connections;
        this.handshakes = handshakes;
    }

    Caps connections() {
        return connections;
    }

    Caps handshakes() {
        return handshakes;
    }
}
