package org.pinhole.turn.allocation;

import org.pinhole.stun.LongTermKeys;

/**
 * The user who opened an allocation, with the keys that opened it: only they use it (RFC 8656 §5). Expiring credentials of
 * one account have many user names; the account is what they share, and what quotas count.
 */
public record Owner(String username, String account, LongTermKeys keys) {

    /** Whether the account is the same. */
    public boolean isUser(String other) {
        return account.equals(other);
    }

    @Override
    public String toString() {
        return account;
    }
}
