package org.pinhole.connector.transport;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Contact URIs that one phone has used, by a small number: what a rewritten Contact stands for. Bounded; the one that
 * was used longest ago goes first. Safe for any thread.
 */
final class ContactBook {
    /** A phone has one Contact per account and perhaps one per call; whoever needs more gets the newest. */
    static final int CAPACITY = 64;

    /** A phone that nobody has authenticated has no calls yet. */
    static final int CAPACITY_FOR_STRANGERS = 4;
    /** Longer URIs are no Contacts. */
    static final int LONGEST_URI = 512;

    private final Map<Integer, String> uris = new LinkedHashMap<>(16, 0.75f, true);

    private int last;

    /** The number of this URI, the same each time it comes. Forgets the oldest beyond {@code capacity}. */
    synchronized int numberOf(String uri, int capacity) {
        for (Map.Entry<Integer, String> entry : uris.entrySet()) {
            if (entry.getValue().equals(uri)) {
                int number = entry.getKey();
                uris.get(number); // now the most recently used
                return number;
            }
        }
        Iterator<Integer> oldestFirst = uris.keySet().iterator();
        while (uris.size() >= capacity) {
            oldestFirst.next();
            oldestFirst.remove();
        }
        uris.put(++last, uri);
        return last;
    }

    /** The URI of that number, or null when there is none (any more). */
    synchronized @Nullable String find(int number) {
        return uris.get(number);
    }
}
