package org.pinhole.app.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.credentials.Search;
import org.pinhole.app.credentials.StoresInOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies Digest credentials of one realm, as the steps of RFC 7616 §3.4.6.
 *
 * <p>A used nonce count is answered as stale, with a fresh nonce: the sender knows the password, or replays what somebody
 * who does had sent before; either way it learns nothing, and an honest client that lost count goes on without asking its
 * user again (TS 24.229 5.4.1.2.3B does the same). So is a right response by a nonce that is not in force here, and no other:
 * what is stale may be sent again without asking the user, and a wrong password may not (RFC 2617 §3.2.1).
 */
final class DigestAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(DigestAuthenticator.class);
    /** One is kept for each session in use. */
    private static final int MAX_CNONCE_LENGTH = 256;

    /** Not all at once: whoever is back must not be asked by all phones in the same second. */
    private static final int STORE_RETRY_SECONDS = 5;

    private static final int STORE_RETRY_SPREAD_SECONDS = 11;
    private static final long COMPLAIN_EVERY_MILLIS = 60_000;

    private final String realm;
    private final DigestPolicy policy;
    private final StoresInOrder stores;
    private final DigestState state;
    private final LongSupplier clockMillis;
    private long complainedAtMillis = Long.MIN_VALUE;

    DigestAuthenticator(
            String realm, DigestPolicy policy, StoresInOrder stores, DigestState state, LongSupplier clockMillis) {
        this.realm = realm;
        this.policy = policy;
        this.stores = stores;
        this.state = state;
        this.clockMillis = clockMillis;
    }

    /**
     * Looks at the credentials of one request.
     *
     * @param headerValues the values of its Authorization or Proxy-Authorization header fields
     */
    Verdict verify(DigestSubject subject, List<String> headerValues) {
        try {
            DigestCredentials credentials = findOurs(headerValues);
            return credentials == null ? Verdict.challenge() : verify(subject, credentials);
        } catch (SipFormatException malformed) {
            return Verdict.malformed(String.valueOf(malformed.getMessage()));
        } catch (CredentialsUnavailableException unavailable) {
            complain(String.valueOf(unavailable.getMessage()));
            int spread = ThreadLocalRandom.current().nextInt(STORE_RETRY_SPREAD_SECONDS);
            return Verdict.later("Credentials Not Available", STORE_RETRY_SECONDS + spread);
        }
    }

    /**
     * Other schemes (Basic above all) and other realms are none of ours. A client that answers several of our challenges is
     * held to the one that we like best.
     */
    private @Nullable DigestCredentials findOurs(List<String> headerValues) {
        DigestCredentials best = null;
        int bestRank = Integer.MAX_VALUE;
        for (String value : headerValues) {
            if (DigestCredentials.isDigest(value)) {
                DigestCredentials credentials = DigestCredentials.parse(value);
                int rank = rank(credentials);
                if (credentials.realm().equals(realm) && (best == null || rank < bestRank)) {
                    best = credentials;
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    private int rank(DigestCredentials credentials) {
        DigestAlgorithm algorithm = DigestAlgorithm.find(credentials.algorithm());
        int place = algorithm == null ? -1 : policy.algorithms().indexOf(algorithm);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private Verdict verify(DigestSubject subject, DigestCredentials credentials)
            throws CredentialsUnavailableException {
        if (credentials.nonce().isEmpty() || credentials.response().isEmpty()) {
            return Verdict.challenge(); // the first REGISTER of an IMS phone (D-16)
        }
        DigestAlgorithm algorithm = DigestAlgorithm.find(credentials.algorithm());
        Qop qop = credentials.qop();
        if (algorithm == null || qop == null || !offered(algorithm, qop, credentials)) {
            return Verdict.challenge(); // not what we offered; without qop nothing guards against replay (D-3)
        }
        if (credentials.cnonce().isEmpty() || credentials.cnonce().length() > MAX_CNONCE_LENGTH) {
            throw new SipFormatException("qop without a cnonce of at most " + MAX_CNONCE_LENGTH + " characters");
        }
        long count = credentials.nonceCount();
        if (!subject.accepts(credentials.uri())) {
            throw new SipFormatException("the Digest uri names another resource");
        }
        return decide(subject, credentials, algorithm, qop, count);
    }

    private boolean offered(DigestAlgorithm algorithm, Qop qop, DigestCredentials credentials) {
        return policy.algorithms().contains(algorithm)
                && policy.qops().contains(qop)
                && (!credentials.userhash() || policy.takesHashedNames(algorithm));
    }

    private Verdict decide(
            DigestSubject subject, DigestCredentials credentials, DigestAlgorithm algorithm, Qop qop, long count)
            throws CredentialsUnavailableException {
        Lockout.Try guess = state.lockout().begin(Account.of(credentials, policy, realm), subject.source());
        if (guess.lockedSeconds() > 0) {
            return Verdict.locked(guess.lockedSeconds());
        }
        try {
            return decide(subject, credentials, algorithm, qop, count, guess);
        } catch (CredentialsUnavailableException unavailable) {
            state.lockout().withdrawn(guess);
            throw unavailable;
        }
    }

    private Verdict decide(
            DigestSubject subject,
            DigestCredentials credentials,
            DigestAlgorithm algorithm,
            Qop qop,
            long count,
            Lockout.Try guess)
            throws CredentialsUnavailableException {
        String function = algorithm.function().token();
        String user = user(credentials, function);
        Search search = stores.search(user, realm, function);
        String ha1 = search.ha1();
        String key = key(algorithm, ha1 == null ? nobody(algorithm) : ha1, credentials);
        String expected = DigestCalculation.response(algorithm, key, subject, credentials);
        boolean right = MessageDigest.isEqual(
                expected.getBytes(UTF_8),
                credentials.response().toLowerCase(Locale.ROOT).getBytes(UTF_8));
        if (ha1 == null || !right) {
            return wrong(search, guess);
        }
        if (state.unsettled().lockedSeconds(guess.user(), subject.source()) > 0) {
            search.askTheRest(); // it holds while one of them cannot say
        }
        Long issuedAt = state.nonces().findIssueTime(credentials.nonce(), realm, subject.nonceOwner());
        long now = clockMillis.getAsLong();
        if (issuedAt == null || !state.counts().take(credentials.nonce(), issuedAt, count, credentials.cnonce(), now)) {
            state.lockout().withdrawn(guess); // who replays knows no password
            return Verdict.stale();
        }
        state.lockout().succeeded(guess);
        String next = isHalfOver(issuedAt, now) && !algorithm.isSession()
                ? state.nonces().issue(realm, subject.nonceOwner())
                : null;
        return Verdict.authentic(
                Identity.of(user, realm), AuthenticationInfo.of(algorithm, key, qop, credentials, next));
    }

    /** Nobody knows this user by that password; or nobody can say. */
    private Verdict wrong(Search search, Lockout.Try guess) throws CredentialsUnavailableException {
        try {
            search.askTheRest();
        } catch (CredentialsUnavailableException unavailable) {
            state.unsettled().failed(guess.user(), guess.source());
            throw unavailable;
        }
        state.lockout().failed(guess);
        return Verdict.challenge();
    }

    private String user(DigestCredentials credentials, String function) throws CredentialsUnavailableException {
        String found = credentials.userhash() ? stores.findUser(credentials.username(), realm, function) : null;
        return found == null ? credentials.username() : found; // a hash that is nobody's is looked up like a name
    }

    private String key(DigestAlgorithm algorithm, String ha1, DigestCredentials credentials) {
        if (!algorithm.isSession()) {
            return ha1;
        }
        String first = state.counts().findFirstCnonce(credentials.nonce());
        return DigestCalculation.sessionKey(
                algorithm, ha1, credentials.nonce(), first == null ? credentials.cnonce() : first);
    }

    /** The old nonce stays good beside the next one until its own time is over, so that requests under way do not fail. */
    private static boolean isHalfOver(long issuedAt, long now) {
        return now - issuedAt >= Nonces.LIFETIME_MILLIS / 2;
    }

    /** An H(A1) that belongs to no password, so that an unknown user costs what a known one does (D-13). */
    private static String nobody(DigestAlgorithm algorithm) {
        char[] zeros = new char[algorithm.function().hexLength()];
        Arrays.fill(zeros, '0');
        return new String(zeros);
    }

    private synchronized void complain(String what) {
        long now = clockMillis.getAsLong();
        if (complainedAtMillis == Long.MIN_VALUE || now - complainedAtMillis >= COMPLAIN_EVERY_MILLIS) {
            complainedAtMillis = now;
            LOG.error("realm {}: {}; requests are answered 503 until that is mended", realm, what);
        }
    }
}
