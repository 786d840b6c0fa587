package org.pinhole.turn.auth;

import org.pinhole.stun.LongTermKeys;

/**
 * A user whose keys are known.
 *
 * @param name the USERNAME
 * @param account what the names of expiring credentials of one user have in common; else the name
 */
public record User(String name, String account, LongTermKeys keys) {

    @Override
    public String toString() {
        return account;
    }
}
