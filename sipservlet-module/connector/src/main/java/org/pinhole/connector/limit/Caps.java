package org.pinhole.connector.limit;

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

    int all() {
        return all;
    }

    int perSource() {
        return perSource;
    }

    int perNetwork() {
        return perNetwork;
    }
}
