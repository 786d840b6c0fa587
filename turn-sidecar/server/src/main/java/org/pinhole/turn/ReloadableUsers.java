package org.pinhole.turn;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.UserHash;
import org.pinhole.turn.auth.KeyAnswer;
import org.pinhole.turn.auth.KeySource;

/** Where users' keys come from now; a reload replaces it, and who has an allocation keeps it. */
final class ReloadableUsers implements KeySource {
    private volatile KeySource current;

    ReloadableUsers(KeySource first) {
        this.current = first;
    }

    void set(KeySource next) {
        current = next;
    }

    @Override
    public CompletableFuture<KeyAnswer> find(String username) {
        return current.find(username);
    }

    @Override
    public @Nullable String findName(UserHash hash) {
        return current.findName(hash);
    }

    /** Told to clients by every nonce, so that what counts is how the server was started. */
    @Override
    public boolean findsNames() {
        return current.findsNames();
    }
}
