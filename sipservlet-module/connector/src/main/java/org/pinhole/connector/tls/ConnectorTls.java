package org.pinhole.connector.tls;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** The TLS side of one connector: the certificates of its application, and whose certificates its own phones may show. */
public final class ConnectorTls {
    private final ServerTls application;
    private final ClientTrust trust;

    ConnectorTls(ServerTls application, ClientTrust trust) {
        this.application = application;
        this.trust = trust;
    }

    /** The context for a client that says this; null when what it says is unknown. Any thread. Never fails. */
    public SslContext choose(@Nullable ClientHello hello) {
        return application.choose(trust, hello == null ? ClientHello.SILENT : hello);
    }
}
