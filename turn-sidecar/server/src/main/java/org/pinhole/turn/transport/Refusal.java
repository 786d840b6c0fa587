package org.pinhole.turn.transport;

import java.util.Locale;

/** Why the server ended a client's connection of its own accord. */
public enum Refusal {
    TOO_MANY("too many connections"),
    TOO_MANY_OF_SOURCE("too many connections of one source"),
    PROXY_HEADER("no valid PROXY header"),
    NO_MESSAGE("no message in time"),
    NOT_STUN("not STUN"),
    IDLE("idle and without an allocation"),
    SLOW_READER("reads slower than it asks");

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    /** For a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return words;
    }
}
