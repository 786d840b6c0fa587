package org.pinhole.turn.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last answers of a look-up, for seconds: a client's second request follows its first at once. Its lock guards the map. */
final class KeyCache {
    static final int MAX_ENTRIES = 4096;
    static final Duration KNOWN_LIVES = Duration.ofSeconds(5);
    static final Duration UNKNOWN_LIVES = Duration.ofSeconds(1);

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
            Duration lives = answer instanceof KeyAnswer.Known ? KNOWN_LIVES : UNKNOWN_LIVES;
            entries.remove(username);
            entries.put(username, new Entry(answer, clock.instant().plus(lives)));
        }
    }
}
