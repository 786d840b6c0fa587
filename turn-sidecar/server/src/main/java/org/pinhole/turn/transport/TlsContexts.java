package org.pinhole.turn.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/** TLS as clients meet it: 1.2 and 1.3, any ALPN or none, {@code stun.turn} confirmed when offered (RFC 7443). */
public final class TlsContexts {
    private TlsContexts() {}

    /** What carries TLS here: BoringSSL if its native library runs, else the JDK's engine. */
    public static String providerName() {
        return OpenSsl.isAvailable() ? "BoringSSL" : "the JDK's TLS";
    }

    public static SslContext forServer(PrivateKey key, List<X509Certificate> chain) throws SSLException {
        return SslContextBuilder.forServer(key, chain)
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "stun.turn"))
                .build();
    }
}
