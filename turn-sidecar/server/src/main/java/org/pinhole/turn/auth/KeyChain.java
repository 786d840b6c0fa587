package org.pinhole.turn.auth;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.UserHash;

/** Key sources side by side: a later one is asked only for users that the earlier ones do not know. */
final class KeyChain implements KeySource {
    private final List<KeySource> sources;

    KeyChain(List<KeySource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public CompletableFuture<KeyAnswer> find(String username) {
        return ask(0, username);
    }

    private CompletableFuture<KeyAnswer> ask(int index, String username) {
        if (index == sources.size()) {
            return CompletableFuture.completedFuture(KeyAnswer.UNKNOWN);
        }
        return sources.get(index)
                .find(username)
                .thenCompose(answer -> answer instanceof KeyAnswer.Unknown
                        ? ask(index + 1, username)
                        : CompletableFuture.completedFuture(answer));
    }

    @Override
    public @Nullable String findName(UserHash hash) {
        for (KeySource source : sources) {
            String name = source.findName(hash);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    @Override
    public boolean findsNames() {
        return sources.stream().allMatch(KeySource::findsNames);
    }
}
