package org.pinhole.turn.allocation;

import java.util.Locale;

/** How a client reaches the server. */
public enum TransportProtocol {
    UDP,
    TCP,
    TLS;

    /** Whether messages come in a stream, where ChannelData is padded and the end of the connection ends the allocation. */
    public boolean isStream() {
        return this != UDP;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
