package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one kind on which nobody has proved anything yet, in the order in which they came, by where they come from.
 * When there is no room for one more it is the oldest of the most crowded that has to make it: whoever means to hold places
 * gives them up to those who come, and they do not wait outside. Constant time, however many there are. Not safe for several
 * threads.
 */
final class Unproven {
    private final Caps caps;
    private final Neighbours everybody = new Neighbours();

    Unproven(Caps caps) {
        this.caps = caps;
    }

    /** The narrowest cap that one more of this source would break; null when none. */
    @Nullable
    Scope fullFor(InetAddress source) {
        return caps.reachedBy(size(Scope.SOURCE, source), size(Scope.NETWORK, source), everybody.size);
    }

    /** How many there are of the source, of its network, or of everybody. */
    int size(Scope scope, InetAddress source) {
        Neighbours there = there(scope, source);
        return there == null ? 0 : there.size;
    }

    /** Who has to make room there; there is somebody: in each place on the way, of the most crowded place in it. */
    Place first(Scope scope, InetAddress source) {
        Neighbours there = there(scope, source);
        if (there == null) {
            throw new IllegalStateException("nobody is there of " + source);
        }
        return there.oldestOfTheMostCrowded();
    }

    private @Nullable Neighbours there(Scope scope, InetAddress source) {
        if (scope == Scope.ALL) {
            return everybody;
        }
        Neighbours there = everybody;
        for (InetAddress narrower : scope == Scope.SOURCE ? Network.around(source) : Network.aroundNetwork(source)) {
            there = there == null ? null : there.parts.get(narrower);
        }
        return there;
    }

    void enter(Place place) {
        everybody.enter(Network.around(place.source()), place);
    }

    void leave(Place place) {
        everybody.leave(Network.around(place.source()), place);
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
        private final Map<InetAddress, Neighbours> parts = new HashMap<>(2);
        private final BySize<Neighbours> bySize = new BySize<>();
        /** Of a source. */
        private final Set<Place> here = new LinkedHashSet<>(2);

        private int size;

        void enter(List<InetAddress> from, Place place) {
            size++;
            if (from.isEmpty()) {
                here.add(place);
                return;
            }
            Neighbours part = parts.computeIfAbsent(from.get(0), first -> new Neighbours());
            bySize.grew(part, part.size);
            part.enter(from.subList(1, from.size()), place);
        }

        void leave(List<InetAddress> from, Place place) {
            size--;
            if (from.isEmpty()) {
                here.remove(place);
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

        Place oldestOfTheMostCrowded() {
            return parts.isEmpty() ? here.iterator().next() : bySize.largest().oldestOfTheMostCrowded();
        }
    }
}
