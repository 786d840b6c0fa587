package org.pinhole.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * The digest credentials of users: H(A1) per user, realm and algorithm (RFC 7616 §3.4.2), never a password. Safe for any
 * thread; a look-up should take about as long for an unknown user as for a known one.
 */
public interface CredentialStore {
    /**
     * H(user ":" realm ":" password) in lower-case hexadecimal, or null when there is none.
     *
     * @param algorithm as in a challenge: {@code MD5}, {@code SHA-256} or {@code SHA-512-256}
     * @throws CredentialsUnavailableException when the store cannot say; the client is told to try again later
     */
    @Nullable
    String findHa1(String user, String realm, String algorithm) throws CredentialsUnavailableException;
}
