package org.pinhole.app.turn;

import org.jspecify.annotations.Nullable;

/** A host, by name or address, and a TCP port. Immutable; nothing is resolved here. */
public final class HostPort {
    private final String host;
    private final int port;

    private HostPort(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** This host, an IPv6 address with or without its brackets, and this port. */
    static HostPort of(String host, int port) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    /** Reads {@code HOST:PORT}; null when it is none. */
    static @Nullable HostPort find(String text) {
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        if (colon < 1 || !digits.matches("[0-9]{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(digits);
        return port > 0 && port <= 0xFFFF ? of(text.substring(0, colon), port) : null;
    }

    /** The host, an IPv6 address without brackets. */
    public String host() {
        return host;
    }

    /** The port. */
    public int port() {
        return port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
