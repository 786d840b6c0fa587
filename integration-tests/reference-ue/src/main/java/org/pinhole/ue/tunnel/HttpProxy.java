package org.pinhole.ue.tunnel;

import org.jspecify.annotations.Nullable;

/** An HTTP proxy that is to carry the connection by CONNECT, and what it may ask us for. */
public record HttpProxy(HostPort address, @Nullable BasicCredentials credentials) {
    public static HttpProxy at(HostPort address) {
        return new HttpProxy(address, null);
    }
}
