package org.pinhole.connector.transport;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.TlsDetails;

/** The event that a connection's TLS handshake is done: from here on what passes is SIP. */
final class TlsEstablished {
    private final TlsDetails details;
    private final @Nullable String serverName;

    /** @param serverName as the client sent it, or null */
    TlsEstablished(TlsDetails details, @Nullable String serverName) {
        this.details = details;
        this.serverName = serverName;
    }

    TlsDetails details() {
        return details;
    }

    /** Whether it goes on with a session in which the phone has shown a certificate that is not valid any more, or not yet. */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    boolean outlivesItsCertificates(Instant now) {
        try {
            for (X509Certificate certificate : details.clientCertificates()) {
                certificate.checkValidity(Date.from(now));
            }
            return false;
        } catch (CertificateExpiredException | CertificateNotYetValidException invalid) {
            return details.resumed();
        }
    }

    @Nullable
    String serverName() {
        return serverName;
    }
}
