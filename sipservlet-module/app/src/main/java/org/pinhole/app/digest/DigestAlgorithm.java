package org.pinhole.app.digest;

import org.jspecify.annotations.Nullable;
import org.pinhole.app.credentials.HashFunction;

/** The digest algorithms that we speak (RFC 8760 §2.2): a hash function, and whether its key is one of a session. */
public enum DigestAlgorithm {
    /** For clients that know nothing better. */
    MD5(HashFunction.MD5, false),
    /** SHA-256. */
    SHA_256(HashFunction.SHA_256, false),
    /** SHA-512/256. */
    SHA_512_256(HashFunction.SHA_512_256, false),
    /** MD5 with a session's key. */
    MD5_SESS(HashFunction.MD5, true),
    /** SHA-256 with a session's key. */
    SHA_256_SESS(HashFunction.SHA_256, true),
    /** SHA-512/256 with a session's key. */
    SHA_512_256_SESS(HashFunction.SHA_512_256, true);

    private final HashFunction function;
    private final boolean session;
    private final String token;

    DigestAlgorithm(HashFunction function, boolean session) {
        this.function = function;
        this.session = session;
        this.token = session ? function.token() + "-sess" : function.token();
    }

    /** The algorithm of that token, in any case, or null. */
    public static @Nullable DigestAlgorithm find(String token) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return algorithm;
            }
        }
        return null;
    }

    /** The token in a header field. */
    public String token() {
        return token;
    }

    /** What it hashes with, and what a user must have an H(A1) for. */
    public HashFunction function() {
        return function;
    }

    /** Whether A1 takes in the nonce and cnonce that the session began with (RFC 7616 §3.4.2). */
    boolean isSession() {
        return session;
    }

    /** The hash of the text's UTF-8 octets, in lower-case hexadecimal. */
    String hash(String text) {
        return function.hash(text);
    }
}
