package org.pinhole.app.digest;

import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.SuccessHeader;

/** What came of looking at a request's credentials. Immutable. */
public final class Verdict {
    /** The six ways in which it ends. */
    public enum Kind {
        /** The user is who the credentials say. */
        AUTHENTIC,
        /** No credentials, or wrong ones: challenge. */
        CHALLENGE,
        /** The response is right, the nonce or its count is used up: challenge, and say so. */
        STALE,
        /** The credentials are malformed, or for something else: 400. */
        MALFORMED,
        /** Too many wrong passwords: 500, for a 503 would be said of the server and not of the user (RFC 3261 §21.5.4). */
        LOCKED,
        /** Nobody can say now: 503. */
        LATER
    }

    private final Kind kind;
    private final String reason;
    private final long retryAfterSeconds;
    private final @Nullable Identity identity;
    private final @Nullable SuccessHeader authenticationInfo;

    private Verdict(
            Kind kind,
            String reason,
            long retryAfterSeconds,
            @Nullable Identity identity,
            @Nullable SuccessHeader authenticationInfo) {
        this.kind = kind;
        this.reason = reason;
        this.retryAfterSeconds = retryAfterSeconds;
        this.identity = identity;
        this.authenticationInfo = authenticationInfo;
    }

    static Verdict authentic(Identity identity, SuccessHeader authenticationInfo) {
        return new Verdict(Kind.AUTHENTIC, "", 0, identity, authenticationInfo);
    }

    static Verdict challenge() {
        return new Verdict(Kind.CHALLENGE, "", 0, null, null);
    }

    static Verdict stale() {
        return new Verdict(Kind.STALE, "", 0, null, null);
    }

    static Verdict malformed(String reason) {
        return new Verdict(Kind.MALFORMED, "Bad Credentials: " + reason, 0, null, null);
    }

    static Verdict locked(long retryAfterSeconds) {
        return new Verdict(Kind.LOCKED, "Too Many Wrong Passwords", retryAfterSeconds, null, null);
    }

    /** The reason phrase is for the client: it says nothing of what the trouble is. */
    static Verdict later(String reason, long retryAfterSeconds) {
        return new Verdict(Kind.LATER, reason, retryAfterSeconds, null, null);
    }

    /** Which way it is. */
    public Kind kind() {
        return kind;
    }

    String reason() {
        return reason;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The user of an authentic request. */
    public Identity identity() {
        if (identity == null) {
            throw new IllegalStateException("nobody was authenticated");
        }
        return identity;
    }

    /** The Authentication-Info of an authentic request's success. */
    public SuccessHeader authenticationInfo() {
        if (authenticationInfo == null) {
            throw new IllegalStateException("nobody was authenticated");
        }
        return authenticationInfo;
    }

    @Override
    public String toString() {
        return kind.toString();
    }
}
