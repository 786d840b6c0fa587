package org.pinhole.turn.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/** TLS as clients meet it: 1.2 and 1.3, forward secrecy and AEAD only, any ALPN or none, {@code stun.turn} confirmed when offered (RFC 7443). */
final class TlsContexts {
    /** How long a TLS 1.2 ticket is good for; BoringSSL has two days for those of 1.3. */
    private static final long SESSION_SECONDS = TimeUnit.DAYS.toSeconds(1);

    /** A key that is stolen later opens nothing that was said before, and no suite is left that needs padding. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsContexts() {}

    static SslContext forServer(Identity identity, TicketKeys ticketKeys) throws SSLException {
        SslContext context = SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .protocols("TLSv1.3", "TLSv1.2")
                .sessionTimeout(SESSION_SECONDS)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "stun.turn"))
                .build();
        if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            sessions.setSessionCacheEnabled(false); // the ticket is the session: nothing is kept here for anybody
            sessions.setSessionIdContext(identity.sessionContext());
            sessions.setTicketKeys(ticketKeys.forBoringSsl());
        }
        return context;
    }

    static void setTicketKeys(SslContext context, TicketKeys keys) {
        SSLSessionContext sessions = context.sessionContext();
        if (sessions instanceof OpenSslServerSessionContext boringSsl) {
            boringSsl.setTicketKeys(keys.forBoringSsl());
        }
    }
}
