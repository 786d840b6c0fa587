package org.pinhole.ue.tunnel;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a selector names for https, such as the Java installation's own one: its system properties, and the
 * desktop's or Windows' settings where {@code java.net.useSystemProxies=true} was set at its start.
 */
public final class SystemProxies implements ProxySource {
    private final ProxySelector selector;

    public SystemProxies(ProxySelector selector) {
        this.selector = selector;
    }

    @Override
    public @Nullable HttpProxy find(HostPort server) throws TunnelException {
        String other = null;
        for (Proxy proxy : selector.select(uri(server))) {
            if (proxy.type() == Proxy.Type.DIRECT) {
                return null;
            }
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                return HttpProxy.at(new HostPort(address.getHostString(), address.getPort()));
            }
            other = proxy.toString();
        }
        if (other != null) { // straight would be around it
            throw new TunnelException("for " + server + " the system names " + other
                    + " only, which this UE cannot speak; name another with" + " --proxy, or none");
        }
        return null;
    }

    private static URI uri(HostPort server) throws TunnelException {
        try {
            return new URI("https://" + server.authority());
        } catch (URISyntaxException e) {
            throw new TunnelException("no proxy can be looked up for " + server + ": " + e.getReason(), e);
        }
    }
}
