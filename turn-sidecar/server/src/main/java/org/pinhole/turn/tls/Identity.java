package org.pinhole.turn.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** A private key and the certificates that vouch for it, leaf first. */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final int DNS_NAME = 2;

    public Identity {
        chain = List.copyOf(chain);
    }

    /** The host names of its certificate in lower case, wildcards as they are. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (List<?> entry : subjectAlternativeNames()) {
            if (entry.get(0).equals(DNS_NAME)) {
                names.add(entry.get(1).toString().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /**
     * What a session of this identity may be resumed with: one for the same names, so that a renewed certificate resumes
     * what the one before it began and another name's never does (RFC 6066 §3).
     */
    byte[] sessionContext() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.join(" ", names()).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing from this JVM", e);
        }
    }

    private Collection<List<?>> subjectAlternativeNames() {
        try {
            Collection<List<?>> names = chain.get(0).getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of(); // such a certificate has no name that could be asked for
        }
    }

    @Override
    public String toString() {
        return "certificate of " + chain.get(0).getSubjectX500Principal();
    }
}
