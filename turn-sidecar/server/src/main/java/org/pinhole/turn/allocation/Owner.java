package org.pinhole.turn.allocation;

import org.pinhole.stun.LongTermKeys;

/** The user who opened an allocation, with the keys that opened it: only they refresh it (RFC 8656 §5). */
public record Owner(String username, LongTermKeys keys) {

    @Override
    public String toString() {
        return username;
    }
}
