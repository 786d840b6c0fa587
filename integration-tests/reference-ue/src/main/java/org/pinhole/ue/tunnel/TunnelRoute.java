package org.pinhole.ue.tunnel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where to go and how: the edge, the name its certificate must carry, and the proxy in between, if one is configured. */
public record TunnelRoute(
        HostPort server,
        String serverName,
        @Nullable HttpProxy proxy,
        Trust trust,
        List<String> applicationProtocols,
        Duration deadline) {
    /** What nDPI and friends expect to see offered for SIP over TLS. */
    private static final List<String> SIP = List.of("sip/2");

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    public TunnelRoute {
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** Straight to the server, the host being the server name. */
    public static TunnelRoute to(HostPort server, Trust trust) {
        return new TunnelRoute(server, server.host(), null, trust, SIP, DEADLINE);
    }

    /** The same with another name in SNI and in the certificate check. */
    public TunnelRoute named(String otherServerName) {
        return new TunnelRoute(server, otherServerName, proxy, trust, applicationProtocols, deadline);
    }

    /** The same to another port of the server. */
    public TunnelRoute at(int port) {
        HostPort other = new HostPort(server.host(), port);
        return new TunnelRoute(other, serverName, proxy, trust, applicationProtocols, deadline);
    }

    /** The same through a proxy; the server's host is then never resolved here, the proxy does that. */
    public TunnelRoute through(@Nullable HttpProxy otherProxy) {
        return new TunnelRoute(server, serverName, otherProxy, trust, applicationProtocols, deadline);
    }

    /** The same with another ALPN offer; an empty list offers none. */
    public TunnelRoute offering(List<String> otherProtocols) {
        return new TunnelRoute(server, serverName, proxy, trust, otherProtocols, deadline);
    }

    /** The same with another bound on each of: connecting, the proxy's answer, a read of the handshake. */
    public TunnelRoute within(Duration otherDeadline) {
        return new TunnelRoute(server, serverName, proxy, trust, applicationProtocols, otherDeadline);
    }
}
