package org.pinhole.turn.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last answers of a look-up, for seconds: a client's second request follows its first at once. A name that nobody has is
 * kept as long as one that somebody has, so that time does not tell which it is. Its lock guards the map.
 */
final class KeyCache {
    static final int MAX_ENTRIES = 4096;
    static final Duration LIFETIME = Duration.ofSeconds(5);

    private record Entry(KeyAnswer answer, Instant expiry) {}

    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    KeyCache(InstantSource clock) {
        this.clock = clock;
    }

    synchronized @Nullable KeyAnswer find(String username) {
        Entry entry = entries.get(username);
        return entry == null || !clock.instant().isBefore(entry.expiry) ? null : entry.answer;
    }

    /** Keeps what is certain; "unavailable" is asked again at once. */
    synchronized void put(String username, KeyAnswer answer) {
        if (!(answer instanceof KeyAnswer.Unavailable)) {
            entries.remove(username);
            entries.put(username, new Entry(answer, clock.instant().plus(LIFETIME)));
        }
    }
}
