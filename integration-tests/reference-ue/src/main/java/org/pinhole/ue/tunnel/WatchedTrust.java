package org.pinhole.ue.tunnel;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides nothing itself: passes each check on to the real trust manager, and tells the handshake's own {@link SeenChain}
 * what was shown. One for many handshakes, for one SSLContext has to serve them all if sessions are to be resumed.
 */
final class WatchedTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager real;
    private final Map<Socket, SeenChain> watched = new ConcurrentHashMap<>();

    WatchedTrust(X509ExtendedTrustManager real) {
        this.real = real;
    }

    /** Watches this socket's handshake until it is let go. */
    SeenChain watch(Socket socket) {
        SeenChain seen = new SeenChain(real);
        watched.put(socket, seen);
        return seen;
    }

    void letGo(Socket socket) {
        watched.remove(socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        SeenChain seen = watched.get(socket);
        if (seen != null) {
            seen.remember(shown, type);
        }
        real.checkServerTrusted(shown, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        real.checkServerTrusted(shown, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) throws CertificateException {
        real.checkServerTrusted(shown, type);
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
