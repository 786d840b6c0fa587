package org.pinhole.turn.auth;

/** A request that stays without an answer, because its source has as many users looked up as one may. */
public final class TooManyLookUps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLookUps() {
        super("too many look-ups for its network", null, false, false);
    }
}
