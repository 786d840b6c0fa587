package org.pinhole.connector.transport;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A queue in which those who wait stand by where they come from, and each place has its turn, however many wait there. */
final class InTurn<P, T> {
    /** In the order of their turns. */
    private final Map<P, Queue<T>> waiting = new LinkedHashMap<>();

    void add(P place, T one) {
        waiting.computeIfAbsent(place, first -> new ArrayDeque<>(2)).add(one);
    }

    /** Whose turn it is, or null when nobody waits. */
    @Nullable
    T poll() {
        Iterator<Map.Entry<P, Queue<T>>> places = waiting.entrySet().iterator();
        if (!places.hasNext()) {
            return null;
        }
        Map.Entry<P, Queue<T>> first = places.next();
        P place = first.getKey();
        Queue<T> there = first.getValue();
        T one = there.poll();
        places.remove();
        if (!there.isEmpty()) {
            waiting.put(place, there); // behind the others
        }
        return one;
    }
}
