package org.pinhole.connector.limit;

import org.jspecify.annotations.Nullable;

/** How many of one kind there may be at once: in all, from one source address, from one network. Immutable. */
public final class Caps {
    private final int all;
    private final int perSource;
    private final int perNetwork;

    /**
     * All three.
     *
     * @param perSource from one address; an office behind a proxy is one address
     * @param perNetwork from one /24, or one /56 of IPv6
     */
    public Caps(int all, int perSource, int perNetwork) {
        this.all = all;
        this.perSource = perSource;
        this.perNetwork = perNetwork;
    }

    /** The narrowest of them that is reached by so many; null when none is. */
    @Nullable
    Scope reachedBy(int ofSource, int ofNetwork, int ofAll) {
        if (ofSource >= perSource) {
            return Scope.SOURCE;
        }
        if (ofNetwork >= perNetwork) {
            return Scope.NETWORK;
        }
        return ofAll >= all ? Scope.ALL : null;
    }
}
