package org.pinhole.turn.auth;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.UserHash;

/**
 * Expiring credentials that end before their time with the registration that they were handed out for. Only a registration that
 * is known to be over ends them: a user whom the registrar does not know got them elsewhere, and a registrar that is down
 * takes nothing from anybody.
 */
final class RegisteredUsers implements KeySource {
    private final KeySource credentials;
    private final KeySource registrar;

    RegisteredUsers(KeySource credentials, KeySource registrar) {
        this.credentials = credentials;
        this.registrar = registrar;
    }

    @Override
    public CompletableFuture<KeyAnswer> find(String username) {
        return credentials
                .find(username)
                .thenCompose(answer -> answer instanceof KeyAnswer.Known known && known.account() != null
                        ? registrar
                                .find(known.account())
                                .thenApply(user -> user instanceof KeyAnswer.Ended ? user : answer)
                        : CompletableFuture.completedFuture(answer));
    }

    @Override
    public @Nullable String findName(UserHash hash) {
        return credentials.findName(hash);
    }
}
