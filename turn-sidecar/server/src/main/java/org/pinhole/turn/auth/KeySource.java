package org.pinhole.turn.auth;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.UserHash;

/** A place where the keys of users come from. Asked on an event loop, so it never blocks and may answer later. */
@FunctionalInterface
public interface KeySource {

    /** The answer for one user name; completes on any thread, never exceptionally. */
    CompletableFuture<KeyAnswer> find(String username);

    /** The user whose name has the hash (RFC 8489 §14.4), or null when this source cannot say. */
    default @Nullable String findName(UserHash hash) {
        return null;
    }

    /** Whether every user can be found by the hash of its name, so that clients may hide names (RFC 8489 §9.2.1). */
    default boolean findsNames() {
        return false;
    }

    /** These credentials, for as long as the registrar does not say that the registration of their user is over. */
    static KeySource whileRegistered(KeySource credentials, KeySource registrar) {
        return new RegisteredUsers(credentials, registrar);
    }

    /** Asks one source after the other until one knows the user. */
    static KeySource firstOf(List<KeySource> sources) {
        return new KeyChain(sources);
    }
}
