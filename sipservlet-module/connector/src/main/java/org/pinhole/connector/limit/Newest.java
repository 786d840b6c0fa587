package org.pinhole.connector.limit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries that were put last, so many and no more: whichever was put longest ago makes room. Every connection has some of
 * these and most never put anything in them, so nothing is kept for none. Not safe for several threads.
 */
public final class Newest<K, V> {
    private final int most;
    private Map<K, V> entries = Collections.emptyMap();

    /** @param most entries */
    public Newest(int most) {
        this.most = most;
    }

    /** Puts one in, in place of the one of that name; it is the newest now. The name of the one that made room, or null. */
    public @Nullable K put(K key, V value) {
        remove(key);
        if (entries.isEmpty()) {
            entries = new LinkedHashMap<>(2);
        }
        entries.put(key, value);
        if (entries.size() <= most) {
            return null;
        }
        K oldest = entries.keySet().iterator().next();
        entries.remove(oldest);
        return oldest;
    }

    /** Takes one out; null when there is none of that name. */
    public @Nullable V remove(K key) {
        V removed = entries.remove(key);
        if (entries.isEmpty()) {
            clear();
        }
        return removed;
    }

    /** Null when there is none of that name. */
    public @Nullable V get(K key) {
        return entries.get(key);
    }

    /** Whether there is one of that name. */
    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    /** How many there are. */
    public int size() {
        return entries.size();
    }

    /** Takes all out. */
    public void clear() {
        entries = Collections.emptyMap();
    }

    /** Shows each, the oldest first. */
    public void forEach(BiConsumer<K, V> look) {
        entries.forEach(look);
    }

    /** Takes out those that are of that kind. */
    public void removeIf(Predicate<V> kind) {
        if (!entries.isEmpty() && entries.values().removeIf(kind) && entries.isEmpty()) {
            clear();
        }
    }
}
