package org.pinhole.ue.tunnel;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What the TLS handshake agreed on.
 *
 * @param resumed whether an earlier session was taken up again, which saves the certificate and its check (U-10)
 */
public record TlsFacts(
        String protocol,
        String cipherSuite,
        @Nullable String applicationProtocol,
        List<String> subjectAltNames,
        String issuer,
        boolean resumed) {
    public TlsFacts {
        subjectAltNames = List.copyOf(subjectAltNames);
    }

    static TlsFacts of(SSLSocket socket, boolean resumed) throws SSLPeerUnverifiedException {
        X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        String alpn = socket.getApplicationProtocol();
        return new TlsFacts(
                socket.getSession().getProtocol(),
                socket.getSession().getCipherSuite(),
                alpn == null || alpn.isEmpty() ? null : alpn,
                namesOf(leaf),
                leaf.getIssuerX500Principal().getName(),
                resumed);
    }

    /** The dNSName, iPAddress and URI entries of a certificate, as text. */
    static List<String> namesOf(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            if (entries != null) {
                for (List<?> entry : entries) {
                    if (entry.get(1) instanceof String) {
                        names.add((String) entry.get(1));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            names.add("(unreadable: " + e.getMessage() + ")");
        }
        return names;
    }
}
