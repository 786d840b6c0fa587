package org.pinhole.connector.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes the phones' certificates that another takes, and has no session outlive them. A phone that comes back with a ticket
 * shows no certificate, and nobody would look whether it has expired meanwhile; so its session, and any that is made of it,
 * ends with the first certificate of its chain that does. From then on there is a full handshake again, in which an expired
 * certificate gets its alert. (All sessions of the JDK's engine live equally long; what it resumes is looked at afterwards.)
 */
final class MortalSessions extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private final Clock clock;

    /** @param judge decides about certificates */
    private MortalSessions(X509ExtendedTrustManager judge, Clock clock) {
        this.judge = judge;
        this.clock = clock;
    }

    /** Takes what these authorities have issued. */
    static MortalSessions trusting(X509Certificate[] authorities, Clock clock) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // nothing is read
        }
        for (int i = 0; i < authorities.length; i++) {
            store.setCertificateEntry(String.valueOf(i), authorities[i]);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager) {
                return new MortalSessions((X509ExtendedTrustManager) manager, clock);
            }
        }
        throw new NoSuchAlgorithmException("no trust manager for X.509");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
        if (engine instanceof ReferenceCountedOpenSslEngine) {
            long ssl = ((ReferenceCountedOpenSslEngine) engine).sslPointer();
            SSL.setTimeout(ssl, Math.min(SSL.getTimeout(ssl), secondsLeft(chain)));
        }
    }

    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    private long secondsLeft(X509Certificate[] chain) {
        long left = Long.MAX_VALUE;
        for (X509Certificate certificate : chain) {
            left = Math.min(left, certificate.getNotAfter().getTime() - clock.millis());
        }
        return Math.max(0, TimeUnit.MILLISECONDS.toSeconds(left));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no server is spoken to");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }
}
