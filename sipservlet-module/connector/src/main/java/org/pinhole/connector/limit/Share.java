package org.pinhole.connector.limit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is held by everybody of one kind, made up of what each network holds, which is made up of what each source holds.
 * Whoever holds most is at hand, and nothing is ever searched. Not safe for several threads.
 */
final class Share {
    private static final Comparator<Share> BY_SIZE =
            Comparator.<Share>comparingLong(share -> share.octets).thenComparingLong(share -> share.number);

    private final long number;
    private final Map<Network, Share> parts = new HashMap<>(2);
    private final TreeSet<Share> bySize = new TreeSet<>(BY_SIZE);
    /** Of a source: those that hold something, in the order in which they began to. */
    private final Set<Holding> holders = new LinkedHashSet<>(2);

    private long octets;
    private long numbers;

    Share() {
        this(0);
    }

    private Share(long number) {
        this.number = number;
    }

    /** A holding, whose own count is what it was before, holds so many more, or less. */
    void add(Holding holding, long more) {
        add(holding.source().around(), holding, more);
    }

    private void add(List<Network> from, Holding holding, long more) {
        octets += more;
        if (from.isEmpty()) {
            if (holding.octets() + more > 0) {
                holders.add(holding); // behind those that were there before, or where it was
            } else {
                holders.remove(holding);
            }
            return;
        }
        Network place = from.get(0);
        Share part = parts.computeIfAbsent(place, first -> new Share(numbers++));
        bySize.remove(part); // while it is found there
        part.add(from.subList(1, from.size()), holding, more);
        if (part.isEmpty()) {
            parts.remove(place);
        } else {
            bySize.add(part);
        }
    }

    private boolean isEmpty() {
        return parts.isEmpty() && holders.isEmpty();
    }

    long octets() {
        return octets;
    }

    /** That of one network; null when it holds nothing. */
    @Nullable
    Share of(Network network) {
        return parts.get(network);
    }

    /** Who has held something for the longest time, of the source that holds most in the network that does; there is one. */
    Holding oldestOfTheGreediest() {
        return bySize.isEmpty() ? holders.iterator().next() : bySize.last().oldestOfTheGreediest();
    }

    /** How many networks there are entries for. */
    int networks() {
        return parts.size();
    }
}
