package org.pinhole.turn.auth;

import org.pinhole.stun.LongTermKeys;

/** What a key source says of a user name. */
public sealed interface KeyAnswer {

    /** The user exists, with these keys. */
    record Known(LongTermKeys keys) implements KeyAnswer {}

    /** There is no such user, or no longer. */
    record Unknown() implements KeyAnswer {}

    /** Nobody can say now; never to be taken for "wrong password". */
    record Unavailable() implements KeyAnswer {}

    KeyAnswer UNKNOWN = new Unknown();
    KeyAnswer UNAVAILABLE = new Unavailable();
}
