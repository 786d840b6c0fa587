package org.pinhole.app.digest;

import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.Identity;

/** What came of looking at a request's credentials. */
final class Verdict {
    enum Kind {
        /** The user is who the credentials say. */
        AUTHENTIC,
        /** No credentials, or wrong ones: challenge. */
        CHALLENGE,
        /** The response is right, the nonce or its count is used up: challenge, and say so. */
        STALE,
        /** The credentials are malformed, or for something else: 400. */
        MALFORMED,
        /** The store cannot say: 503. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String detail;
    private final @Nullable Identity identity;

    private Verdict(Kind kind, String detail, @Nullable Identity identity) {
        this.kind = kind;
        this.detail = detail;
        this.identity = identity;
    }

    static Verdict authentic(Identity identity, String authenticationInfo) {
        return new Verdict(Kind.AUTHENTIC, authenticationInfo, identity);
    }

    static Verdict challenge() {
        return new Verdict(Kind.CHALLENGE, "", null);
    }

    static Verdict stale() {
        return new Verdict(Kind.STALE, "", null);
    }

    static Verdict malformed(String reason) {
        return new Verdict(Kind.MALFORMED, reason, null);
    }

    static Verdict unavailable(String reason) {
        return new Verdict(Kind.UNAVAILABLE, reason, null);
    }

    Kind kind() {
        return kind;
    }

    /** The Authentication-Info of an authentic request, the reason of a malformed or unavailable one. */
    String detail() {
        return detail;
    }

    /** The user of an authentic request. */
    Identity identity() {
        if (identity == null) {
            throw new IllegalStateException("nobody was authenticated");
        }
        return identity;
    }

    @Override
    public String toString() {
        return kind.toString();
    }
}
