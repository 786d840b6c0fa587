package org.pinhole.connector.transport;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which those who wait stand by where they come from, from wide to narrow, and each place has its turn among its
 * neighbours, however many wait there. Whoever no longer waits leaves it at once: all that it does is constant time.
 */
final class InTurn<P, T> {
    /** In the order of their turns; each has somebody who waits. */
    private final Map<P, InTurn<P, T>> places = new LinkedHashMap<>();
    /** Of the narrowest place. */
    private final Set<T> here = new LinkedHashSet<>(2);

    void add(List<P> from, T one) {
        if (from.isEmpty()) {
            here.add(one);
        } else {
            places.computeIfAbsent(from.get(0), first -> new InTurn<>()).add(narrower(from), one);
        }
    }

    /** It need not wait here. */
    void remove(List<P> from, T one) {
        if (from.isEmpty()) {
            here.remove(one);
            return;
        }
        InTurn<P, T> place = places.get(from.get(0));
        if (place != null) {
            place.remove(narrower(from), one);
            if (place.isEmpty()) {
                places.remove(from.get(0));
            }
        }
    }

    private List<P> narrower(List<P> from) {
        return from.subList(1, from.size());
    }

    /** Whose turn it is, or null when nobody waits. */
    @Nullable
    T poll() {
        if (places.isEmpty()) {
            return pollHere();
        }
        Iterator<Map.Entry<P, InTurn<P, T>>> turns = places.entrySet().iterator();
        Map.Entry<P, InTurn<P, T>> first = turns.next();
        P place = first.getKey();
        InTurn<P, T> there = first.getValue();
        T one = there.poll();
        turns.remove();
        if (!there.isEmpty()) {
            places.put(place, there); // behind the others
        }
        return one;
    }

    private @Nullable T pollHere() {
        Iterator<T> those = here.iterator();
        if (!those.hasNext()) {
            return null;
        }
        T one = those.next();
        those.remove();
        return one;
    }

    private boolean isEmpty() {
        return places.isEmpty() && here.isEmpty();
    }

    /** How many of the widest places somebody waits at. */
    int places() {
        return places.size();
    }
}
