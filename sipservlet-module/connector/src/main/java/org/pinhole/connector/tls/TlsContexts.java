package org.pinhole.connector.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes the engine's side of an identity: 1.2 and 1.3, forward secrecy and AEAD only, BoringSSL where it loads. */
public final class TlsContexts {
    private static final String SIP = "sip/2";
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

    /** What a stranger may have the engine keep before anything is verified; its own limit is 100 KB. */
    private static final int LONGEST_CLIENT_CHAIN = 16 * 1024;

    private final SslProvider provider;
    private final ClientTrust trust;
    private final X509Certificate[] authorities;
    private final TicketKeys ticketKeys;

    TlsContexts(SslProvider provider, ClientTrust trust, X509Certificate[] authorities, TicketKeys ticketKeys) {
        this.provider = provider;
        this.trust = trust;
        this.authorities = authorities.clone();
        this.ticketKeys = ticketKeys;
    }

    /** What does the cryptography, for the log: BoringSSL, or the JDK when its natives do not load here. */
    public static String engine() {
        return OpenSsl.isAvailable() ? "BoringSSL" : "the JDK's TLS";
    }

    static SslProvider bestProvider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /**
     * A context for this identity. ALPN: {@code sip/2} is taken when it is offered; any other offer is no reason for an
     * alert, the connection goes on without. {@code http/1.1} is never taken, since nothing here would speak it.
     *
     * @throws TlsFault when the TLS engine refuses the identity
     */
    SslContext of(ServerIdentity identity) throws TlsFault {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.chain())
                    .sslProvider(provider)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
                    .sessionTimeout(TicketKeys.TICKET_LIFETIME.toMillis() / 1000)
                    .clientAuth(trust.auth())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            SIP));
            if (authorities.length > 0) {
                builder.trustManager(MortalSessions.trusting(authorities, Clock.systemUTC()));
            }
            if (provider != SslProvider.JDK) {
                builder.option(OpenSslContextOption.MAX_CERTIFICATE_LIST_BYTES, LONGEST_CLIENT_CHAIN);
            }
            SslContext context = builder.build();
            resumeByTicketsOnly(context, identity);
            return context;
        } catch (SSLException | GeneralSecurityException | IllegalArgumentException refused) {
            throw new TlsFault(
                    ServerIdentity.CERTIFICATE_FILE + " " + identity.file()
                            + ": the TLS engine refuses certificate and key: " + refused.getMessage(),
                    refused);
        }
    }

    /** Sessions cost no memory here: the phones keep them, sealed. The JDK's engine seals with keys that it tells nobody. */
    private void resumeByTicketsOnly(SslContext context, ServerIdentity identity) {
        if (context.sessionContext() instanceof OpenSslServerSessionContext) {
            OpenSslServerSessionContext sessions = (OpenSslServerSessionContext) context.sessionContext();
            sessions.setSessionIdContext(SessionDomain.of(identity, trust, authorities));
            sessions.setSessionCacheEnabled(false);
            sessions.setTicketKeys(ticketKeys.forEngine());
        }
    }

    /** Has a context seal and open tickets with other keys from now on; handshakes may go on meanwhile. */
    static void rekey(SslContext context, TicketKeys keys) {
        if (context.sessionContext() instanceof OpenSslServerSessionContext) {
            ((OpenSslServerSessionContext) context.sessionContext()).setTicketKeys(keys.forEngine());
        }
    }
}
