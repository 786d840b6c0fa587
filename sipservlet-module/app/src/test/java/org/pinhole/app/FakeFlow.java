package org.pinhole.app;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowToken;
import org.pinhole.api.Transport;

/** A flow without a connection. */
public final class FakeFlow implements Flow {
    private final String name;
    private final Map<String, String> settings;
    private @Nullable String identity;
    private boolean open = true;
    private Transport transport = Transport.TLS;
    private InetSocketAddress remote = new InetSocketAddress("198.51.100.7", 40112);

    public FakeFlow(String name) {
        this(name, Collections.emptyMap());
    }

    public FakeFlow(String name, Map<String, String> settings) {
        this.name = name;
        this.settings = Collections.unmodifiableMap(new HashMap<>(settings));
    }

    @Override
    public String id() {
        return name;
    }

    @Override
    public FlowToken token() {
        return FlowToken.of("token-" + name);
    }

    @Override
    public Transport transport() {
        return transport;
    }

    public FakeFlow inTheClear() {
        transport = Transport.TCP;
        return this;
    }

    public FakeFlow from(String address) {
        remote = new InetSocketAddress(address, 40112);
        return this;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress("192.0.2.1", 443);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable String serverName() {
        return "edge.pinhole.test";
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public String uri() {
        return "sip:" + token().text() + "@192.0.2.1:443;transport=tls;lr";
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public @Nullable String identity() {
        return identity;
    }

    @Override
    public boolean isOfAnEdge() {
        return !"p-cscf".equals(settings.get("pinhole.role"))
                && remoteAddress().getAddress().getHostAddress().equals(settings.get("pinhole.edge-sources"));
    }

    @Override
    public void authenticated(String whom) {
        identity = whom;
    }

    /** As the connector does: whoever is authenticated later is who is on the flow. */
    @Override
    public void letIn(String as) {
        if (identity == null) {
            identity = as;
        }
    }

    @Override
    public void close(String reason) {
        open = false;
    }
}
