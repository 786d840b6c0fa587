package org.pinhole.ue.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that is to carry the connection by CONNECT, and what it may ask us for.
 *
 * @param schemes makers of what else can answer it, a new one per CONNECT, the best first
 */
public record HttpProxy(HostPort address, @Nullable ProxyCredentials credentials, List<Supplier<ProxyScheme>> schemes) {
    public HttpProxy {
        schemes = List.copyOf(schemes);
    }

    public HttpProxy(HostPort address, @Nullable ProxyCredentials credentials) {
        this(address, credentials, List.of());
    }

    public static HttpProxy at(HostPort address) {
        return new HttpProxy(address, null);
    }

    /** The same that can answer this scheme too. */
    public HttpProxy answering(Supplier<ProxyScheme> scheme) {
        List<Supplier<ProxyScheme>> all = new ArrayList<>(schemes);
        all.add(scheme);
        return new HttpProxy(address, credentials, all);
    }
}
