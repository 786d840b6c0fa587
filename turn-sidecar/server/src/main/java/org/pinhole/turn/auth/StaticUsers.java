package org.pinhole.turn.auth;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.pinhole.stun.LongTermKeys;

/** Users that the operator named, on the command line or in a file. */
public final class StaticUsers implements KeySource {
    private final Map<String, LongTermKeys> users;

    public StaticUsers(Map<String, LongTermKeys> users) {
        this.users = Map.copyOf(users);
    }

    @Override
    public CompletableFuture<KeyAnswer> find(String username) {
        LongTermKeys keys = users.get(username);
        return CompletableFuture.completedFuture(keys == null ? KeyAnswer.UNKNOWN : new KeyAnswer.Known(keys));
    }
}
