package org.pinhole.app.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The phones that a request goes to, and for each the flows by which it can be reached, best first: all phones at once, one
 * flow of a phone at a time (RFC 5626 §7). Immutable.
 */
public final class TargetSet {
    private final List<List<Target>> phones;
    private final int silenceSeconds;

    private TargetSet(List<List<Target>> phones, int silenceSeconds) {
        this.phones = phones;
        this.silenceSeconds = silenceSeconds;
    }

    /**
     * A target set.
     *
     * @param phones a list of targets for each phone, none of them empty
     * @param silenceSeconds how long a flow may give no answer at all, not even a provisional one, before the next flow of its
     *     phone is tried; 2 at least
     */
    public static TargetSet of(List<List<Target>> phones, int silenceSeconds) {
        List<List<Target>> copy = new ArrayList<>();
        for (List<Target> flows : phones) {
            copy.add(Collections.unmodifiableList(new ArrayList<>(flows)));
        }
        return new TargetSet(Collections.unmodifiableList(copy), silenceSeconds);
    }

    /** The targets of each phone, best first. */
    public List<List<Target>> phones() {
        return phones;
    }

    /** How long a flow may be silent. */
    public int silenceSeconds() {
        return silenceSeconds;
    }

    /** Whether there is nowhere to go. */
    public boolean isEmpty() {
        return phones.isEmpty();
    }
}
