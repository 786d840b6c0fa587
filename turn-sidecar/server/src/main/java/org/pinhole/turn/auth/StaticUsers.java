package org.pinhole.turn.auth;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.UserHash;

/** Users that the operator named, on the command line or in a file. */
public final class StaticUsers implements KeySource {
    private final Map<String, LongTermKeys> users;
    private final Map<UserHash, String> names;

    public StaticUsers(String realm, Map<String, LongTermKeys> users) {
        this.users = Map.copyOf(users);
        this.names = users.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(name -> UserHash.of(name, realm), Function.identity()));
    }

    @Override
    public CompletableFuture<KeyAnswer> find(String username) {
        LongTermKeys keys = users.get(username);
        return CompletableFuture.completedFuture(keys == null ? KeyAnswer.UNKNOWN : new KeyAnswer.Known(keys));
    }

    @Override
    public @Nullable String findName(UserHash hash) {
        return names.get(hash);
    }

    @Override
    public boolean findsNames() {
        return true;
    }
}
