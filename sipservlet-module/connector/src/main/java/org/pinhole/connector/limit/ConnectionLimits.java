package org.pinhole.connector.limit;

/** How many connections one connector holds at once. Immutable. */
public final class ConnectionLimits {
    private final Caps connections;
    private final Caps handshakes;
    private final Caps strangers;

    /**
     * All three.
     *
     * @param connections whatever they are
     * @param handshakes those of them that are not flows yet
     * @param strangers those of them that are flows, with nobody known on them
     */
    public ConnectionLimits(Caps connections, Caps handshakes, Caps strangers) {
        this.connections = connections;
        this.handshakes = handshakes;
        this.strangers = strangers;
    }

    Caps connections() {
        return connections;
    }

    Caps handshakes() {
        return handshakes;
    }

    Caps strangers() {
        return strangers;
    }
}
