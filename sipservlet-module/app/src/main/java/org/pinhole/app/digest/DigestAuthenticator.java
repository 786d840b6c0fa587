package org.pinhole.app.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.SipFormatException;

/**
 * Verifies Digest credentials of one realm, as the steps of RFC 7616 §3.4.6.
 *
 * <p>A used nonce count is answered as stale, with a fresh nonce: the sender knows the password, or replays what somebody
 * who does had sent before; either way it learns nothing, and an honest client that lost count goes on without asking its
 * user again (TS 24.229 5.4.1.2.3B does the same).
 */
final class DigestAuthenticator {
    private final String realm;
    private final List<DigestAlgorithm> algorithms;
    private final CredentialStore store;
    private final Nonces nonces;
    private final NonceCounts counts;
    private final LongSupplier clockMillis;

    DigestAuthenticator(
            String realm,
            List<DigestAlgorithm> algorithms,
            CredentialStore store,
            Nonces nonces,
            NonceCounts counts,
            LongSupplier clockMillis) {
        this.realm = realm;
        this.algorithms = algorithms;
        this.store = store;
        this.nonces = nonces;
        this.counts = counts;
        this.clockMillis = clockMillis;
    }

    /**
     * Looks at the credentials of one request.
     *
     * @param headerValues the values of its Authorization or Proxy-Authorization header fields
     * @param flow what the nonce must have been issued to
     */
    Verdict verify(DigestSubject subject, List<String> headerValues, String flow) {
        try {
            DigestCredentials credentials = findOurs(headerValues);
            return credentials == null ? Verdict.challenge() : verify(subject, credentials, flow);
        } catch (SipFormatException malformed) {
            return Verdict.malformed(String.valueOf(malformed.getMessage()));
        } catch (CredentialsUnavailableException unavailable) {
            return Verdict.unavailable(String.valueOf(unavailable.getMessage()));
        }
    }

    /** Other schemes (Basic above all) and other realms are none of ours. */
    private @Nullable DigestCredentials findOurs(List<String> headerValues) {
        for (String value : headerValues) {
            if (DigestCredentials.isDigest(value)) {
                DigestCredentials credentials = DigestCredentials.parse(value);
                if (credentials.realm().equals(realm)) {
                    return credentials;
                }
            }
        }
        return null;
    }

    private Verdict verify(DigestSubject subject, DigestCredentials credentials, String flow)
            throws CredentialsUnavailableException {
        if (credentials.nonce().isEmpty() || credentials.response().isEmpty()) {
            return Verdict.challenge(); // the first REGISTER of an IMS phone (D-16)
        }
        DigestAlgorithm algorithm = DigestAlgorithm.find(credentials.algorithm());
        if (algorithm == null
                || !algorithms.contains(algorithm)
                || !credentials.qop().equals("auth")) {
            return Verdict.challenge(); // not what we offered; without qop nothing guards against replay (D-3)
        }
        if (credentials.cnonce().isEmpty()) {
            throw new SipFormatException("qop without cnonce");
        }
        long count = credentials.nonceCount();
        if (!subject.accepts(credentials.uri())) {
            throw new SipFormatException("the Digest uri names another resource");
        }
        String ha1 = store.findHa1(credentials.username(), realm, algorithm.token());
        String expected = DigestCalculation.response(
                algorithm, ha1 == null ? nobody(algorithm) : ha1, subject.method(), credentials);
        boolean right = MessageDigest.isEqual(
                expected.getBytes(UTF_8),
                credentials.response().toLowerCase(Locale.ROOT).getBytes(UTF_8));
        if (ha1 == null || !right) {
            return Verdict.challenge();
        }
        Long issuedAt = nonces.findIssueTime(credentials.nonce(), realm, flow);
        if (issuedAt == null || !counts.take(credentials.nonce(), issuedAt, count, clockMillis.getAsLong())) {
            return Verdict.stale();
        }
        return Verdict.authentic(
                Identity.of(credentials.username(), realm), authenticationInfo(algorithm, ha1, credentials));
    }

    /** An H(A1) that belongs to no password, so that an unknown user costs what a known one does (D-13). */
    private static String nobody(DigestAlgorithm algorithm) {
        StringBuilder zeros = new StringBuilder(algorithm.hexLength());
        while (zeros.length() < algorithm.hexLength()) {
            zeros.append('0');
        }
        return zeros.toString();
    }

    private static String authenticationInfo(DigestAlgorithm algorithm, String ha1, DigestCredentials credentials) {
        return "qop=auth, rspauth=\"" + DigestCalculation.rspauth(algorithm, ha1, credentials) + "\", cnonce="
                + HeaderText.quote(credentials.cnonce()) + ", nc=" + credentials.nc();
    }
}
