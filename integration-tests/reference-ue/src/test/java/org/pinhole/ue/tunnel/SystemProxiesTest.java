package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("U-17")
class SystemProxiesTest {
    private static final HostPort EDGE = new HostPort("edge.pinhole.test", 443);

    private static SystemProxies naming(Proxy... proxies) {
        return new SystemProxies(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                assertThat(uri).hasToString("https://edge.pinhole.test:443");
                return List.of(proxies);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    }

    private static Proxy of(Proxy.Type type) {
        return new Proxy(type, InetSocketAddress.createUnresolved("proxy.office", 3128));
    }

    @Test
    void theFirstHttpProxyIsTakenByName() throws TunnelException {
        assertThat(naming(of(Proxy.Type.SOCKS), of(Proxy.Type.HTTP)).find(EDGE))
                .isEqualTo(HttpProxy.at(new HostPort("proxy.office", 3128)));
    }

    @Test
    void directMeansNone() throws TunnelException {
        assertThat(naming(Proxy.NO_PROXY, of(Proxy.Type.HTTP)).find(EDGE)).isNull();
        assertThat(naming().find(EDGE)).isNull();
    }

    @Test
    void whereOnlySocksLeadsOutGoingStraightWouldBeAroundIt() {
        assertThatThrownBy(() -> naming(of(Proxy.Type.SOCKS)).find(EDGE))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith("for edge.pinhole.test:443 the system names SOCKS @ proxy.office")
                .hasMessageEndingWith("which this UE cannot speak; name another with --proxy, or none");
    }
}
