package org.pinhole.turn.allocation;

import java.util.Locale;

/** Why an allocation ended. */
public enum EndReason {
    /** Its client refreshed it to 0. */
    RELEASED,
    /** Nobody refreshed it in time. */
    EXPIRED,
    /** The TCP or TLS connection that it belongs to is gone. */
    DISCONNECTED,
    /** Its user may no longer use the server: deregistered, expired or deleted. */
    REVOKED,
    /** The server stops. */
    STOPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
