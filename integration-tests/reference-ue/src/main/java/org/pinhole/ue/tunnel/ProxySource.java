package org.pinhole.ue.tunnel;

import org.jspecify.annotations.Nullable;

/** Says which proxy a connection is to go through. Settings are read, never written (U-17). */
@FunctionalInterface
public interface ProxySource {
    /** The proxy for this server, or null for none. */
    @Nullable
    HttpProxy find(HostPort server) throws TunnelException;

    /** Never one. */
    ProxySource NONE = server -> null;

    /** Always this one. */
    static ProxySource always(HttpProxy proxy) {
        return server -> proxy;
    }
}
