package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one kind on which nobody has proved anything yet, in the order in which they came, by source and network.
 * When there is no room for one more it is the oldest of the most crowded that has to make it: whoever means to hold places
 * gives them up to those who come, and they do not wait outside. Constant time, however many there are. Not safe for several
 * threads.
 */
final class Unproven {
    private final Caps caps;
    private final Map<Long, Neighbours> networks = new HashMap<>();
    private final BySize<Neighbours> bySize = new BySize<>();
    private int size;

    Unproven(Caps caps) {
        this.caps = caps;
    }

    /** The narrowest cap that one more of this source would break; null when none. */
    @Nullable
    Scope fullFor(InetAddress source) {
        return caps.reachedBy(size(Scope.SOURCE, source), size(Scope.NETWORK, source), size);
    }

    /** How many there are of the source, of its network, or of everybody. */
    int size(Scope scope, InetAddress source) {
        Neighbours neighbours = networks.get(Network.of(source));
        if (scope == Scope.ALL || neighbours == null) {
            return scope == Scope.ALL ? size : 0;
        }
        Same same = neighbours.sources.get(source);
        return scope == Scope.NETWORK ? neighbours.size : same == null ? 0 : same.places.size();
    }

    /** Who has to make room there; there is somebody. Of everybody, one of the most crowded network's most crowded source. */
    Place first(Scope scope, InetAddress source) {
        Neighbours neighbours =
                scope == Scope.ALL ? bySize.largest() : Objects.requireNonNull(networks.get(Network.of(source)));
        Same same = scope == Scope.SOURCE
                ? Objects.requireNonNull(neighbours.sources.get(source))
                : neighbours.bySize.largest();
        return same.places.iterator().next();
    }

    void enter(Place place) {
        InetAddress source = place.source();
        Neighbours neighbours = networks.computeIfAbsent(Network.of(source), first -> new Neighbours());
        Same same = neighbours.sources.computeIfAbsent(source, first -> new Same());
        bySize.grew(neighbours, neighbours.size++);
        neighbours.bySize.grew(same, same.places.size());
        same.places.add(place);
        size++;
    }

    void leave(Place place) {
        InetAddress source = place.source();
        Neighbours neighbours = Objects.requireNonNull(networks.get(Network.of(source)));
        Same same = Objects.requireNonNull(neighbours.sources.get(source));
        bySize.shrank(neighbours, neighbours.size--);
        neighbours.bySize.shrank(same, same.places.size());
        same.places.remove(place);
        size--;
        if (same.places.isEmpty()) {
            neighbours.sources.remove(source);
        }
        if (neighbours.size == 0) {
            networks.remove(Network.of(source));
        }
    }

    int size() {
        return size;
    }

    /** How many networks there are entries for. */
    int networks() {
        return networks.size();
    }

    /** Those of one network. */
    private static final class Neighbours {
        private final Map<InetAddress, Same> sources = new HashMap<>(2);
        private final BySize<Same> bySize = new BySize<>();
        private int size;
    }

    /** Those of one source. */
    private static final class Same {
        private final Set<Place> places = new LinkedHashSet<>(2);
    }
}
