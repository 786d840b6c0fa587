package org.pinhole.connector.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    /** The one that was used longest ago first. */
    private final List<Known> uris = new ArrayList<>(1);

    private int last;
    private long bindings;

    /** One of them. */
    private static final class Known {
        private static final long NOT_BOUND = 0;

        private final int number;
        private final String uri;
        /** By which of the bindings, if a registrar has bound it: requests come for it long after the phone has used it. */
        private long bound = NOT_BOUND;

        Known(int number, String uri) {
            this.number = number;
            this.uri = uri;
        }

        boolean isBound() {
            return bound != NOT_BOUND;
        }
    }

    /** The number of this URI, the same each time it comes. Forgets the oldest beyond {@code capacity}. */
    synchronized int numberOf(String uri, int capacity) {
        Known known = find(each -> each.uri.equals(uri));
        if (known == null) {
            makeRoom(capacity);
            known = new Known(++last, uri);
            uris.add(known);
        } else {
            used(known);
        }
        return known.number;
    }

    private void makeRoom(int capacity) {
        Iterator<Known> oldestFirst = uris.iterator();
        for (int over = uris.size() - capacity; over >= 0 && oldestFirst.hasNext(); ) {
            if (!oldestFirst.next().isBound()) {
                oldestFirst.remove();
                over--;
            }
        }
    }

    /** A registrar has bound this URI; nothing happens when it is none of the book's. */
    synchronized void bound(String uri) {
        Known known = find(each -> each.uri.equals(uri));
        if (known != null) {
            known.bound = ++bindings;
            List<Known> bound = uris.stream().filter(Known::isBound).collect(Collectors.toList());
            if (bound.size() > MOST_BOUND) {
                Collections.min(bound, Comparator.comparingLong(each -> each.bound)).bound = Known.NOT_BOUND;
            }
        }
    }

    /** The URI of that number, or null when there is none (any more). */
    synchronized @Nullable String find(int number) {
        Known known = find(each -> each.number == number);
        if (known == null) {
            return null;
        }
        used(known);
        return known.uri;
    }

    private @Nullable Known find(Predicate<Known> which) {
        for (Known known : uris) {
            if (which.test(known)) {
                return known;
            }
        }
        return null;
    }

    private void used(Known known) {
        uris.remove(known);
        uris.add(known);
    }
}
