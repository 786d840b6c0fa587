package org.pinhole.connector.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.TreeSet;

/**
 * The session id context: a session is resumed only where the same names are served and the same phones' certificates are
 * taken, so that no ticket leads around either. The same after a restart and after a certificate was renewed.
 */
final class SessionDomain {
    private SessionDomain() {}

    /** 32 octets, as many as the engine takes. */
    static byte[] of(ServerIdentity identity, ClientTrust trust, X509Certificate[] authorities) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("pinhole " + trust).getBytes(StandardCharsets.UTF_8));
            for (X509Certificate authority : authorities) {
                digest.update(MessageDigest.getInstance("SHA-256").digest(authority.getEncoded()));
            }
            for (String name : new TreeSet<>(identity.names())) {
                digest.update((' ' + name).getBytes(StandardCharsets.UTF_8));
            }
            if (identity.names().isEmpty()) {
                digest.update(identity.certificate().getEncoded());
            }
            return digest.digest();
        } catch (GeneralSecurityException impossible) { // every JDK has SHA-256, and what was parsed can be encoded
            throw new IllegalStateException(impossible);
        }
    }
}
