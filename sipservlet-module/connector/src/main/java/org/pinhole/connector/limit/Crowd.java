package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those of one kind that are there now, by where they come from. Holds one entry for each source and network that has one, so
 * the cap on all of them bounds it too. Not safe for several threads.
 */
final class Crowd {
    private final Caps caps;
    private final Map<InetAddress, Integer> bySource = new HashMap<>();
    private final Map<Long, Integer> byNetwork = new HashMap<>();
    private int size;

    Crowd(Caps caps) {
        this.caps = caps;
    }

    boolean isFull() {
        return size >= caps.all();
    }

    /** Whether one source has as many as it may. */
    boolean isFullOf(InetAddress source) {
        return bySource.getOrDefault(source, 0) >= caps.perSource();
    }

    /** Whether the source and its neighbours have as many as they may. */
    boolean isFullOfNeighboursOf(InetAddress source) {
        return byNetwork.getOrDefault(network(source), 0) >= caps.perNetwork();
    }

    void enter(InetAddress source) {
        size++;
        bySource.merge(source, 1, Integer::sum);
        byNetwork.merge(network(source), 1, Integer::sum);
    }

    void leave(InetAddress source) {
        size--;
        bySource.computeIfPresent(source, Crowd::oneLess);
        byNetwork.computeIfPresent(network(source), Crowd::oneLess);
    }

    private static @Nullable Integer oneLess(Object key, Integer count) {
        return count == 1 ? null : Integer.valueOf(count - 1);
    }

    int size() {
        return size;
    }

    /** How many sources there are entries for. */
    int sources() {
        return bySource.size();
    }

    /** The /24 or /56 as a number: the family's in the first octet, the prefix in the others. */
    private static long network(InetAddress source) {
        byte[] octets = source.getAddress();
        boolean v4 = octets.length == 4;
        long network = v4 ? 4 : 6;
        for (int i = 0; i < (v4 ? 3 : 7); i++) {
            network = (network << 8) | (octets[i] & 0xFF);
        }
        return network;
    }
}
