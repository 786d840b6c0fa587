package org.pinhole.connector.limit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those of one kind that are there now, by where they come from. Holds one entry for each source and network that has one, so
 * the cap on all of them bounds it too. Not safe for several threads.
 */
final class Crowd {
    private final Caps caps;
    private final Map<Network, Integer> bySource = new HashMap<>();
    private final Map<Network, Integer> byNetwork = new HashMap<>();
    private int size;

    Crowd(Caps caps) {
        this.caps = caps;
    }

    /** The narrowest cap that keeps one more of this source out; null when none does. */
    @Nullable
    Scope fullFor(Network source) {
        return caps.reachedBy(bySource.getOrDefault(source, 0), byNetwork.getOrDefault(source.network(), 0), size);
    }

    void enter(Network source) {
        size++;
        bySource.merge(source, 1, Integer::sum);
        byNetwork.merge(source.network(), 1, Integer::sum);
    }

    void leave(Network source) {
        size--;
        bySource.computeIfPresent(source, Crowd::oneLess);
        byNetwork.computeIfPresent(source.network(), Crowd::oneLess);
    }

    private static @Nullable Integer oneLess(Object key, Integer count) {
        return count == 1 ? null : Integer.valueOf(count - 1);
    }

    int size() {
        return size;
    }

    /** How many sources there are entries for. */
    int sources() {
        return bySource.size();
    }
}
