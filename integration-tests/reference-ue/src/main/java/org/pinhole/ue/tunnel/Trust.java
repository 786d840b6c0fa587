package org.pinhole.ue.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates count: the system's CAs, or exactly those of one PEM file. There is no way to trust all. Connections
 * that share a trust take up each other's TLS sessions again, so that only the first costs a full handshake (U-10).
 */
public final class Trust {
    private final WatchedTrust manager;
    private final SSLContext context;
    private final String name;

    private Trust(X509ExtendedTrustManager real, String name) throws GeneralSecurityException {
        this.manager = new WatchedTrust(real);
        this.name = name;
        this.context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
    }

    /** The certificate authorities that this Java installation trusts. */
    public static Trust system() throws TunnelException {
        try {
            return new Trust(managerOver(null), "the system's CAs");
        } catch (GeneralSecurityException e) {
            throw new TunnelException("the system's CA certificates cannot be read: " + e.getMessage(), e);
        }
    }

    /** Only the certificates in this file, one or more, PEM. */
    public static Trust ofPem(Path caFile) throws TunnelException {
        try (InputStream in = Files.newInputStream(caFile)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new TunnelException(caFile + ": holds no certificate; a CA file in PEM form is needed");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca" + count++, certificate);
            }
            return new Trust(managerOver(store), caFile.toString());
        } catch (TunnelException e) {
            throw e;
        } catch (CertificateException e) {
            throw new TunnelException(caFile + ": is no PEM certificate (" + e.getMessage() + ")", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new TunnelException(
                    caFile + ": cannot be read as CA file (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static X509ExtendedTrustManager managerOver(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager in this Java installation");
    }

    SSLContext context() {
        return context;
    }

    WatchedTrust manager() {
        return manager;
    }

    @Override
    public String toString() {
        return name;
    }
}
