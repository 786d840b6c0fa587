package org.pinhole.app.digest;

import java.util.List;
import java.util.function.LongSupplier;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.credentials.StoresInOrder;

/** Lets the users of one realm in, and tells everyone else how to become one. Safe for any thread. */
public final class RealmGuard {
    private final String realm;
    private final DigestState state;
    private final Challenge challenge;
    private final DigestAuthenticator authenticator;

    /** The guard of this realm, over state that all realms share. */
    public RealmGuard(
            String realm, DigestPolicy policy, StoresInOrder stores, DigestState state, LongSupplier clockMillis) {
        this.realm = realm;
        this.state = state;
        this.challenge = new Challenge(realm, policy);
        this.authenticator = new DigestAuthenticator(realm, policy, stores, state, clockMillis);
    }

    /** The realm. */
    public String realm() {
        return realm;
    }

    /**
     * Looks at the credentials of a request.
     *
     * @param credentials the values of its Authorization, or as a proxy of its Proxy-Authorization header fields
     */
    public Verdict verify(DigestSubject subject, List<String> credentials) {
        return authenticator.verify(subject, credentials);
    }

    /**
     * The answer to a request that is not authentic.
     *
     * @param proxy whether a proxy asks (407) or the server itself (401)
     */
    public Reply refusal(Verdict verdict, boolean proxy, DigestSubject subject) {
        switch (verdict.kind()) {
            case AUTHENTIC:
                throw new IllegalArgumentException("an authentic request is not refused");
            case MALFORMED:
                return Reply.of(400, verdict.reason());
            case LOCKED:
                return later(500, verdict);
            case LATER:
                return later(503, verdict);
            default:
                return challenged(proxy, verdict.kind() == Verdict.Kind.STALE, subject);
        }
    }

    private static Reply later(int status, Verdict verdict) {
        return Reply.of(status, verdict.reason()).with("Retry-After", Long.toString(verdict.retryAfterSeconds()));
    }

    private Reply challenged(boolean proxy, boolean stale, DigestSubject subject) {
        Reply reply = proxy ? Reply.of(407, "Proxy Authentication Required") : Reply.of(401, "Unauthorized");
        String nonce = state.nonces().issue(realm, subject.nonceOwner());
        for (String header : challenge.headers(nonce, stale)) {
            reply = reply.with(proxy ? "Proxy-Authenticate" : "WWW-Authenticate", header);
        }
        return reply;
    }
}
