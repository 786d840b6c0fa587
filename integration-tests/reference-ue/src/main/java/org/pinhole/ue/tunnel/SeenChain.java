package org.pinhole.ue.tunnel;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides nothing itself: passes each check on to the real trust manager and remembers the chain, so a refusal can name it. */
final class SeenChain extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager real;
    private X509Certificate @Nullable [] chain;
    private @Nullable String authType;

    SeenChain(X509ExtendedTrustManager real) {
        this.real = real;
    }

    /** The server's own certificate as shown, or null before any was. */
    @Nullable
    X509Certificate leaf() {
        X509Certificate[] seen = chain;
        return seen == null || seen.length == 0 ? null : seen[0];
    }

    /** Whether the chain itself is good, the name left aside. */
    boolean trusted() {
        X509Certificate[] seen = chain;
        String type = authType;
        if (seen == null || type == null) {
            return false;
        }
        try {
            real.checkServerTrusted(seen, type);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        remember(shown, type);
        real.checkServerTrusted(shown, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        remember(shown, type);
        real.checkServerTrusted(shown, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) throws CertificateException {
        remember(shown, type);
        real.checkServerTrusted(shown, type);
    }

    private void remember(X509Certificate[] shown, String type) {
        chain = shown.clone();
        authType = type;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        real.checkClientTrusted(shown, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        real.checkClientTrusted(shown, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type) throws CertificateException {
        real.checkClientTrusted(shown, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return real.getAcceptedIssuers();
    }
}
