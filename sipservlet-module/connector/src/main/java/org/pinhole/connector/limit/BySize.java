package org.pinhole.connector.limit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Things by how many each of them holds, with the one that holds most at hand. They grow and shrink by one, so that nothing
 * is ever searched: whoever makes them grow cannot make that cost more. Not safe for several threads.
 */
final class BySize<T> {
    private final Map<Integer, Set<T>> ofSize = new HashMap<>(2);
    private int largest;

    /** It held so many, and holds one more now. */
    void grew(T thing, int before) {
        take(thing, before);
        put(thing, before + 1);
        largest = Math.max(largest, before + 1);
    }

    /** It held so many, and holds one less now. */
    void shrank(T thing, int before) {
        take(thing, before);
        put(thing, before - 1);
        if (before == largest && !ofSize.containsKey(before)) {
            largest = before - 1; // where this one is now, or there is none
        }
    }

    private void take(T thing, int size) {
        if (size > 0) {
            Set<T> same = Objects.requireNonNull(ofSize.get(size));
            same.remove(thing);
            if (same.isEmpty()) {
                ofSize.remove(size);
            }
        }
    }

    private void put(T thing, int size) {
        if (size > 0) {
            ofSize.computeIfAbsent(size, first -> new LinkedHashSet<>(2)).add(thing);
        }
    }

    /** One that none holds more than; there is one that holds something. */
    T largest() {
        return Objects.requireNonNull(ofSize.get(largest)).iterator().next();
    }
}
