package org.pinhole.ue.turn;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * How to reach a TURN server.
 *
 * @param serverName what a certificate has to say
 * @param proxy an HTTP proxy for TCP and TLS, or null; there is none for UDP
 */
public record TurnRoute(
        TurnUri uri, String serverName, @Nullable HttpProxy proxy, Trust trust, Duration deadline) {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** RFC 7443. */
    private static final List<String> ALPN = List.of("stun.turn");

    /** Straight there, the URI's host being the server name. */
    public static TurnRoute to(TurnUri uri, Trust trust) {
        return new TurnRoute(uri, uri.server().host(), null, trust, DEADLINE);
    }

    /** The same with another name in SNI and in the certificate check. */
    public TurnRoute named(String otherServerName) {
        return new TurnRoute(uri, otherServerName, proxy, trust, deadline);
    }

    /** The same through a proxy, or directly for null. */
    public TurnRoute through(@Nullable HttpProxy otherProxy) {
        return new TurnRoute(uri, serverName, otherProxy, trust, deadline);
    }

    /** The same with this much time for the connection. */
    public TurnRoute within(Duration time) {
        return new TurnRoute(uri, serverName, proxy, trust, time);
    }

    TunnelRoute tls() {
        return TunnelRoute.to(uri.server(), trust)
                .named(serverName)
                .through(proxy)
                .offering(ALPN)
                .within(deadline);
    }
}
