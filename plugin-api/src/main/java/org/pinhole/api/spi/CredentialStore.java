package org.pinhole.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * The digest credentials of users: H(A1) per user, realm and algorithm (RFC 7616 §3.4.2), never a password. Safe for any
 * thread; a look-up should take about as long for an unknown user as for a known one.
 */
public interface CredentialStore {
    /**
     * H(user ":" realm ":" password) in lower-case hexadecimal, or null when there is none: an algorithm that a user has no
     * hash for is one that nobody can use in that user's name, so that a phone cannot be talked into a weaker one.
     *
     * <p>Asked on the container's threads, never on an event loop. A store that has to wait should give up within seconds.
     *
     * @param algorithm as in a challenge: {@code MD5}, {@code SHA-256} or {@code SHA-512-256}
     * @throws CredentialsUnavailableException when the store cannot say; the client is told to try again later
     */
    @Nullable
    String findHa1(String user, String realm, String algorithm) throws CredentialsUnavailableException;

    /**
     * The user whose name was sent as H(user ":" realm) (RFC 7616 §3.4.4), or null when there is none. A store that keeps no
     * such index knows nobody by it; clients are told of hashed names only where {@code pinhole.digest.userhash=on}.
     *
     * @param userhash in hexadecimal of either case
     * @param algorithm as above
     * @throws CredentialsUnavailableException when the store cannot say
     */
    default @Nullable String findUser(String userhash, String realm, String algorithm)
            throws CredentialsUnavailableException {
        return null;
    }

    /** Ends what runs for this store. Called once, when the application that uses it ends. */
    default void close() {}
}
