package org.pinhole.connector.transport;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which those who wait stand by where they come from, and each place has its turn, however many wait there. Whoever
 * no longer waits leaves it at once: all that it does is constant time.
 */
final class InTurn<P, T> {
    /** In the order of their turns. */
    private final Map<P, Set<T>> waiting = new LinkedHashMap<>();

    void add(P place, T one) {
        waiting.computeIfAbsent(place, first -> new LinkedHashSet<>(2)).add(one);
    }

    /** It need not wait here. */
    void remove(P place, T one) {
        Set<T> there = waiting.get(place);
        if (there != null && there.remove(one) && there.isEmpty()) {
            waiting.remove(place);
        }
    }

    /** Whose turn it is, or null when nobody waits. */
    @Nullable
    T poll() {
        Iterator<Map.Entry<P, Set<T>>> places = waiting.entrySet().iterator();
        if (!places.hasNext()) {
            return null;
        }
        Map.Entry<P, Set<T>> first = places.next();
        P place = first.getKey();
        Set<T> there = first.getValue();
        Iterator<T> those = there.iterator();
        T one = those.next();
        those.remove();
        places.remove();
        if (!there.isEmpty()) {
            waiting.put(place, there); // behind the others
        }
        return one;
    }

    /** How many places somebody waits at. */
    int places() {
        return waiting.size();
    }
}
