package org.pinhole.suite.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pinhole.suite.proxy.ConnectProxy;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.ProxyCredentials;

/** How a story's phones are to reach the edge. */
public final class StoryRoute {
    private static final String VISITOR = "visitor";
    private static final String PASSWORD = "let me out";

    private final boolean ownProxy;
    private final boolean asking;
    private final @Nullable HttpProxy proxy;

    private StoryRoute(boolean ownProxy, boolean asking, @Nullable HttpProxy proxy) {
        this.ownProxy = ownProxy;
        this.asking = asking;
        this.proxy = proxy;
    }

    /** Straight to its address. */
    public static StoryRoute direct() {
        return new StoryRoute(false, false, null);
    }

    /** Through a proxy that stands somewhere already; it resolves the edge's name. */
    public static StoryRoute through(HttpProxy proxy) {
        return new StoryRoute(false, false, proxy);
    }

    /** Through a proxy of the story's own, which lets CONNECT go to the edge's port only and knows the edge's name. */
    public static StoryRoute throughOwnProxy() {
        return new StoryRoute(true, false, null);
    }

    /** The same that asks for a user and a password, which the phone knows. */
    static StoryRoute throughOwnProxyThatAsks() {
        return new StoryRoute(true, true, null);
    }

    Way open(StoryConfig config) throws IOException {
        return open(config, Set.of());
    }

    /** The same with more ports that a proxy of the story's own lets CONNECT go to. */
    Way open(StoryConfig config, Set<Integer> morePorts) throws IOException {
        if (!ownProxy) {
            return new Way(config, proxy, null);
        }
        Set<Integer> ports = new HashSet<>(morePorts);
        ports.add(config.sipTls().getPort());
        Map<String, InetAddress> names =
                Map.of(config.serverName(), config.sipTls().getAddress());
        ConnectProxy own =
                asking ? ConnectProxy.asking(ports, names, VISITOR, PASSWORD) : new ConnectProxy(ports, names);
        HostPort address = new HostPort(
                own.address().getAddress().getHostAddress(), own.address().getPort());
        ProxyCredentials known = asking ? ProxyCredentials.of(VISITOR, PASSWORD) : null;
        return new Way(config, new HttpProxy(address, known), own);
    }
}
