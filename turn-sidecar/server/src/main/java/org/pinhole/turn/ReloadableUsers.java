package org.pinhole.turn;

import java.util.concurrent.CompletableFuture;
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
}
