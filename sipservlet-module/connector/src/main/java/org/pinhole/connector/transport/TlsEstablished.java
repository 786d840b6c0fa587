package org.pinhole.connector.transport;

import org.jspecify.annotations.Nullable;
import org.pinhole.api.TlsDetails;

/** The event that a connection's TLS handshake is done: from here on what passes is SIP. */
final class TlsEstablished {
    private final TlsDetails details;
    private final @Nullable String serverName;

    /** @param serverName as the client sent it, or null */
    TlsEstablished(TlsDetails details, @Nullable String serverName) {
        this.details = details;
        this.serverName = serverName;
    }

    TlsDetails details() {
        return details;
    }

    @Nullable
    String serverName() {
        return serverName;
    }
}
