package org.pinhole.connector.transport;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Contact URIs that one phone has used, by a small number: what a rewritten Contact stands for. Bounded; the one that
 * was used longest ago goes first, and those that were registered last go last. Safe for any thread.
 */
final class ContactBook {
    /** A phone has one Contact per account and perhaps one per call; whoever needs more gets the newest. */
    static final int CAPACITY = 64;

    /** A phone that nobody has authenticated has no calls yet. */
    static final int CAPACITY_FOR_STRANGERS = 4;
    /** As many as one user may bind. */
    private static final int MOST_BOUND = 32;

    /** Longer URIs are no Contacts. */
    static final int LONGEST_URI = 512;

    private final Map<Integer, String> uris = new LinkedHashMap<>(16, 0.75f, true);

    /** Of these, what a registrar has bound: requests come for it long after the phone has used it. */
    private final Set<String> bound = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_BOUND;
        }
    });

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
        Iterator<String> oldestFirst = uris.values().iterator();
        for (int over = uris.size() - capacity; over >= 0 && oldestFirst.hasNext(); ) {
            if (!bound.contains(oldestFirst.next())) {
                oldestFirst.remove();
                over--;
            }
        }
        uris.put(++last, uri);
        return last;
    }

    /** A registrar has bound this URI; nothing happens when it is none of the book's. */
    synchronized void bound(String uri) {
        if (uris.containsValue(uri)) {
            bound.add(uri);
        }
    }

    /** The URI of that number, or null when there is none (any more). */
    synchronized @Nullable String find(int number) {
        return uris.get(number);
    }
}
