package org.pinhole.connector.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.pinhole.api.TlsDetails;

/** Reads off the engine what a handshake came to. */
public final class NegotiatedTls {
    private NegotiatedTls() {}

    /**
     * Of a handshake that is done, on its event loop.
     *
     * @param startedMillis when the connection was accepted
     */
    public static TlsDetails of(SslHandler tls, long startedMillis) {
        SSLSession session = tls.engine().getSession();
        return TlsDetails.of(
                session.getProtocol(),
                session.getCipherSuite(),
                tls.applicationProtocol(),
                isResumed(tls.engine(), session, startedMillis),
                clientCertificates(session));
    }

    /** The JDK's engine does not say, but its sessions know when they were made. */
    private static boolean isResumed(SSLEngine engine, SSLSession session, long startedMillis) {
        return engine instanceof ReferenceCountedOpenSslEngine
                ? SSL.isSessionReused(((ReferenceCountedOpenSslEngine) engine).sslPointer())
                : session.getCreationTime() < startedMillis;
    }

    private static List<X509Certificate> clientCertificates(SSLSession session) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate) {
                    chain.add((X509Certificate) certificate);
                }
            }
            return chain;
        } catch (SSLPeerUnverifiedException none) {
            return new ArrayList<>();
        }
    }
}
