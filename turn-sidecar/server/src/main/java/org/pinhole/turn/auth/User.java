package org.pinhole.turn.auth;

import org.pinhole.stun.LongTermKeys;

/** A user whose keys are known. */
public record User(String name, LongTermKeys keys) {

    @Override
    public String toString() {
        return name;
    }
}
