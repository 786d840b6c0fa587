package org.pinhole.ue.tunnel;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What one handshake was shown, so that a refusal can name it. */
final class SeenChain {
    private final X509ExtendedTrustManager real;
    private X509Certificate @Nullable [] chain;
    private @Nullable String authType;

    SeenChain(X509ExtendedTrustManager real) {
        this.real = real;
    }

    void remember(X509Certificate[] shown, String type) {
        chain = shown.clone();
        authType = type;
    }

    /** The server's own certificate as shown, or null before any was; a resumed session shows none. */
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
}
