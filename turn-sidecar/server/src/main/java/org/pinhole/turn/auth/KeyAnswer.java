package org.pinhole.turn.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.LongTermKeys;

/** What a key source says of a user name. */
public sealed interface KeyAnswer {

    /**
     * The user exists, with one of these keys.
     *
     * @param candidates more than one if the password was made in one of several ways
     * @param account whose the user name is, if it is not an account of its own
     */
    record Known(List<LongTermKeys> candidates, @Nullable String account) implements KeyAnswer {
        public Known {
            candidates = List.copyOf(candidates);
        }

        public Known(LongTermKeys keys) {
            this(List.of(keys), null);
        }

        /** The first candidate. */
        public LongTermKeys keys() {
            return candidates.get(0);
        }
    }

    /** There is no such user, or no longer. */
    record Unknown() implements KeyAnswer {}

    /** The user exists, but its registration is over, and with it what that opened. */
    record Ended() implements KeyAnswer {}

    /** Nobody can say now; never to be taken for "wrong password". */
    record Unavailable() implements KeyAnswer {}

    KeyAnswer UNKNOWN = new Unknown();
    KeyAnswer ENDED = new Ended();
    KeyAnswer UNAVAILABLE = new Unavailable();
}
