package org.pinhole.connector.limit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one kind on which nobody has proved anything yet, by where they come from and by how long ago they have come a
 * step further. When there is no room for one more it is the one of the most crowded that has stood still for the longest time
 * that has to make it: whoever means to hold places gives them up to those who come, and they do not wait outside. Nothing is
 * ever searched, however many there are. Not safe for several threads.
 */
final class Unproven {
    private static final Comparator<Place> BY_STANDSTILL =
            Comparator.<Place>comparingLong(Place::since).thenComparingLong(Place::number);

    private final Caps caps;
    private final Neighbours everybody = new Neighbours();

    Unproven(Caps caps) {
        this.caps = caps;
    }

    /** The narrowest cap that one more of this source would break; null when none. */
    @Nullable
    Scope fullFor(Network source) {
        return caps.reachedBy(size(Scope.SOURCE, source), size(Scope.NETWORK, source), everybody.size);
    }

    /** How many there are of the source, of its network, or of everybody. */
    int size(Scope scope, Network source) {
        Neighbours there = there(scope, source);
        return there == null ? 0 : there.size;
    }

    /** Who has to make room there; there is somebody: in each place on the way, of the most crowded place in it. */
    Place first(Scope scope, Network source) {
        Neighbours there = there(scope, source);
        if (there == null) {
            throw new IllegalStateException("nobody is there of " + source);
        }
        return there.stillestOfTheMostCrowded();
    }

    private @Nullable Neighbours there(Scope scope, Network source) {
        if (scope == Scope.ALL) {
            return everybody;
        }
        List<Network> way = source.aroundFromProvider();
        Neighbours there = everybody;
        for (Network narrower : scope == Scope.SOURCE ? way : way.subList(0, way.size() - 1)) {
            there = there == null ? null : there.parts.get(narrower);
        }
        return there;
    }

    /** Changes something of a place that is here, by which it stands before others or behind them. */
    void change(Place place, Runnable change) {
        Neighbours there = there(Scope.SOURCE, place.source());
        if (there == null) {
            throw new IllegalStateException(place.source() + " is not there");
        }
        there.change(place, change);
    }

    void enter(Place place) {
        everybody.enter(place.source().aroundFromProvider(), place);
    }

    void leave(Place place) {
        everybody.leave(place.source().aroundFromProvider(), place);
    }

    int size() {
        return everybody.size;
    }

    /** How many of the widest networks there are entries for. */
    int networks() {
        return everybody.parts.size();
    }

    /** Those of one place: a network that has places in it, or one source. */
    private static final class Neighbours {
        private final Map<Network, Neighbours> parts = new HashMap<>(2);
        private final BySize<Neighbours> bySize = new BySize<>();
        /** Of a source: those from which we wait to hear. */
        private final SortedSet<Place> silent = new TreeSet<>(BY_STANDSTILL);
        /** Of a source: those that wait for us. */
        private final Set<Place> waiting = new LinkedHashSet<>(2);

        private int size;

        void enter(List<Network> from, Place place) {
            size++;
            if (from.isEmpty()) {
                put(place);
                return;
            }
            Neighbours part = parts.computeIfAbsent(from.get(0), first -> new Neighbours());
            bySize.grew(part, part.size);
            part.enter(from.subList(1, from.size()), place);
        }

        void leave(List<Network> from, Place place) {
            size--;
            if (from.isEmpty()) {
                take(place);
                return;
            }
            Neighbours part = parts.get(from.get(0));
            if (part == null) {
                throw new IllegalStateException(place.source() + " is not there");
            }
            bySize.shrank(part, part.size);
            part.leave(from.subList(1, from.size()), place);
            if (part.size == 0) {
                parts.remove(from.get(0));
            }
        }

        void change(Place place, Runnable change) {
            take(place);
            change.run();
            put(place);
        }

        private void put(Place place) {
            (place.awaitsItsTurn() ? waiting : silent).add(place);
        }

        private void take(Place place) {
            (place.awaitsItsTurn() ? waiting : silent).remove(place);
        }

        Place stillestOfTheMostCrowded() {
            if (!parts.isEmpty()) {
                return bySize.largest().stillestOfTheMostCrowded();
            }
            return silent.isEmpty() ? waiting.iterator().next() : silent.first();
        }
    }
}
