package org.pinhole.connector.limit;

import org.pinhole.connector.limit.Place.Stage;

/** Which of the caps on connections is reached. */
public enum Full {
    /** Those of one source address. */
    SOURCE(Stage.KNOWN, Scope.SOURCE, "connections-per-source"),
    /** Those of one /24, or /56 of IPv6. */
    NETWORK(Stage.KNOWN, Scope.NETWORK, "connections-per-network"),
    /** All connections together. */
    CONNECTIONS(Stage.KNOWN, Scope.ALL, "connections"),
    /** Handshakes at once of one source address. */
    SOURCE_HANDSHAKES(Stage.HANDSHAKE, Scope.SOURCE, "handshakes-per-source"),
    /** Those of one /24, or /56 of IPv6. */
    NETWORK_HANDSHAKES(Stage.HANDSHAKE, Scope.NETWORK, "handshakes-per-network"),
    /** All of them. */
    HANDSHAKES(Stage.HANDSHAKE, Scope.ALL, "handshakes"),
    /** Flows of one source address on which nobody has been authenticated. */
    SOURCE_STRANGERS(Stage.STRANGER, Scope.SOURCE, "unauthenticated-per-source"),
    /** Those of one /24, or /56 of IPv6. */
    NETWORK_STRANGERS(Stage.STRANGER, Scope.NETWORK, "unauthenticated-per-network"),
    /** All of them. */
    STRANGERS(Stage.STRANGER, Scope.ALL, "unauthenticated");

    private final Stage stage;
    private final Scope scope;
    private final String limit;

    Full(Stage stage, Scope scope, String limit) {
        this.stage = stage;
        this.scope = scope;
        this.limit = limit;
    }

    /** The parameter that sets it, without what all of them begin with. */
    public String limit() {
        return limit;
    }

    /** The cap on all connections. */
    static Full of(Scope scope) {
        return of(Stage.KNOWN, scope);
    }

    /** The cap on those at this stage; on all connections for {@link Stage#KNOWN}, which has none of its own. */
    static Full of(Stage stage, Scope scope) {
        for (Full full : values()) {
            if (full.stage == stage && full.scope == scope) {
                return full;
            }
        }
        throw new IllegalArgumentException(stage + " is not capped");
    }
}
