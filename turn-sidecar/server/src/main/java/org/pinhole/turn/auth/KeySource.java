package org.pinhole.turn.auth;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A place where the keys of users come from. Asked on an event loop, so it never blocks and may answer later. */
@FunctionalInterface
public interface KeySource {

    /** The answer for one user name; completes on any thread, never exceptionally. */
    CompletableFuture<KeyAnswer> find(String username);

    /** Asks one source after the other until one knows the user. */
    static KeySource firstOf(List<KeySource> sources) {
        return username -> ask(sources, 0, username);
    }

    private static CompletableFuture<KeyAnswer> ask(List<KeySource> sources, int index, String username) {
        if (index == sources.size()) {
            return CompletableFuture.completedFuture(KeyAnswer.UNKNOWN);
        }
        return sources.get(index)
                .find(username)
                .thenCompose(answer -> answer instanceof KeyAnswer.Unknown
                        ? ask(sources, index + 1, username)
                        : CompletableFuture.completedFuture(answer));
    }
}
