package org.pinhole.connector.transport;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.keepalive.OwnPings;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.tls.ConnectorTls;

/** What one connector was told by the application that asked for it. Immutable. */
public final class ConnectorSettings {
    private final ConnectorAddress address;
    private final @Nullable ConnectorTls tls;
    private final KeepAlive keepAlive;
    private final EdgeSettings edge;
    private final Limits limits;
    private final ProxySources proxies;
    private final Map<String, String> all;
    private final SocketSettings sockets;
    private final OwnPings ownPings;

    /**
     * Everything at once.
     *
     * @param tls null for a connector in the clear
     * @param all the effective {@code pinhole.*} settings, for those who ask a flow for them; not modified any more
     */
    public ConnectorSettings(
            ConnectorAddress address,
            @Nullable ConnectorTls tls,
            KeepAlive keepAlive,
            EdgeSettings edge,
            Limits limits,
            ProxySources proxies,
            Map<String, String> all) {
        this.address = address;
        this.tls = tls;
        this.keepAlive = keepAlive;
        this.edge = edge;
        this.limits = limits;
        this.proxies = proxies;
        this.all = all;
        this.sockets = SocketSettings.of(all);
        this.ownPings =
                OwnPings.parse(all.getOrDefault("pinhole.keep-alive.own-seconds", "auto"), address.publicPort());
    }

    /** Where to listen. */
    public ConnectorAddress address() {
        return address;
    }

    /** Whether what passes is encrypted on the way. */
    public boolean isSecure() {
        return tls != null;
    }

    @Nullable
    ConnectorTls tls() {
        return tls;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    /** When the edge itself keeps a flow alive. */
    OwnPings ownPings() {
        return ownPings;
    }

    /** What leads from whoever keeps registrations to the phones. */
    EdgeSettings edge() {
        return edge;
    }

    Limits limits() {
        return limits;
    }

    /** How many flows one user may have. */
    int flowsPerUser() {
        return Integer.parseInt(all.getOrDefault("pinhole.limits.flows-per-user", "64"));
    }

    /** Whose passwords are asked for here. */
    List<String> realms() {
        return Arrays.asList(all.getOrDefault("pinhole.digest.realm", "").trim().split("\\s*,\\s*", -1));
    }

    /** How often the log tells the numbers, in seconds; 0: never. */
    public int summarySeconds() {
        return Integer.parseInt(all.getOrDefault("pinhole.log.summary-seconds", "300"));
    }

    SocketSettings sockets() {
        return sockets;
    }

    /** Who may say where connections come from, if the address is proxied. */
    ProxySources proxies() {
        return proxies;
    }

    /** The effective {@code pinhole.*} settings. */
    public Map<String, String> all() {
        return all;
    }
}
