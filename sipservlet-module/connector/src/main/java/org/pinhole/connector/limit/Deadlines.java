package org.pinhole.connector.limit;

/** How long a connection may take for what it has to do. Immutable. */
public final class Deadlines {
    private final int handshakeSeconds;
    private final int firstMessageSeconds;
    private final int idleSeconds;

    /**
     * All three.
     *
     * @param handshakeSeconds from accept to the end of the TLS handshake, a PROXY header included
     * @param firstMessageSeconds from there to the first complete message
     * @param idleSeconds without one byte from the phone
     */
    public Deadlines(int handshakeSeconds, int firstMessageSeconds, int idleSeconds) {
        this.handshakeSeconds = handshakeSeconds;
        this.firstMessageSeconds = firstMessageSeconds;
        this.idleSeconds = idleSeconds;
    }

    /** From accept to the end of the TLS handshake. */
    public int handshakeSeconds() {
        return handshakeSeconds;
    }

    /** From the end of the handshake to the first complete message; also what any later message may take. */
    public int firstMessageSeconds() {
        return firstMessageSeconds;
    }

    /** Silence after which a flow is given up. */
    public int idleSeconds() {
        return idleSeconds;
    }
}
