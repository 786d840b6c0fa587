package org.pinhole.connector.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes the TLS side of a connector: 1.2 and 1.3, forward secrecy and AEAD only, BoringSSL where it loads. */
public final class TlsContexts {
    private static final List<String> SUITES = Collections.unmodifiableList(Arrays.asList(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"));

    private TlsContexts() {}

    /** What does the cryptography, for the log: BoringSSL, or the JDK when its natives do not load here. */
    public static String engine() {
        return OpenSsl.isAvailable() ? "BoringSSL" : "the JDK's TLS";
    }

    /**
     * A context for this identity. ALPN: {@code sip/2} is taken when it is offered; any other offer is no reason for an
     * alert, the connection goes on without.
     *
     * @throws TlsFault when the TLS engine refuses the identity
     */
    public static SslContext server(ServerIdentity identity) throws TlsFault {
        try {
            return SslContextBuilder.forServer(identity.key(), identity.chain())
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            "sip/2"))
                    .build();
        } catch (SSLException | IllegalArgumentException refused) {
            throw new TlsFault(
                    ServerIdentity.CERTIFICATE_FILE + ": the TLS engine refuses certificate and key: "
                            + refused.getMessage(),
                    refused);
        }
    }
}
