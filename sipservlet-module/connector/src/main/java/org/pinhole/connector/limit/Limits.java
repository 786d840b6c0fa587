package org.pinhole.connector.limit;

/** Everything that bounds what one connector takes from outside. Immutable. */
public final class Limits {
    private final ConnectionLimits connections;
    private final Deadlines deadlines;
    private final MessageLimits messages;

    /** All of it. */
    public Limits(ConnectionLimits connections, Deadlines deadlines, MessageLimits messages) {
        this.connections = connections;
        this.deadlines = deadlines;
        this.messages = messages;
    }

    /** How many connections. */
    public ConnectionLimits connections() {
        return connections;
    }

    /** How long they may take. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** How large a message may be. */
    public MessageLimits messages() {
        return messages;
    }
}
