package org.pinhole.suite.demo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pinhole.suite.proxy.ConnectProxy;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * A {@link StoryRoute} while its story is told.
 *
 * @param proxy the proxy on the way, whoever's it is; null when there is none
 * @param own the same when it is the story's, whose access log can be read; closed with this
 */
record Way(
        StoryConfig config,
        @Nullable HttpProxy proxy,
        @Nullable ConnectProxy own) implements AutoCloseable {

    /** To this port of the edge: by address when straight, by name when a proxy resolves it. */
    TunnelRoute to(int port) throws IOException {
        String host = proxy == null ? config.sipTls().getAddress().getHostAddress() : config.serverName();
        return TunnelRoute.to(new HostPort(host, port), Trust.ofPem(config.caFile()))
                .named(config.serverName())
                .through(proxy);
    }

    /** To the edge's SIP port. */
    TunnelRoute toSip() throws IOException {
        return to(config.sipTls().getPort());
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
