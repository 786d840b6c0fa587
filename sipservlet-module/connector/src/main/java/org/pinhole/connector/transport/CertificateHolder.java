package org.pinhole.connector.transport;

import java.security.cert.X509Certificate;

/** Whom a phone's certificate is of, in words for limits and the log. Pure. */
final class CertificateHolder {
    private CertificateHolder() {}

    /** The same for all certificates that one authority has given to one subject; where it names none, to each its own. */
    static String of(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        String holder =
                subject.isEmpty() ? "number " + certificate.getSerialNumber().toString(16) : subject;
        return ("certificate of " + holder + " by "
                        + certificate.getIssuerX500Principal().getName())
                .replaceAll("\\p{Cntrl}", "?");
    }
}
