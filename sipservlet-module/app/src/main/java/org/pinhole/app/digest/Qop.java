package org.pinhole.app.digest;

import org.jspecify.annotations.Nullable;

/** The quality of protection: what a response covers (RFC 7616 §3.4.3). */
public enum Qop {
    /** Method and URI. */
    AUTH("auth"),
    /** Method, URI and body. */
    AUTH_INT("auth-int");

    private final String token;

    Qop(String token) {
        this.token = token;
    }

    /** The quality of that token, in any case, or null. */
    public static @Nullable Qop find(String token) {
        for (Qop qop : values()) {
            if (qop.token.equalsIgnoreCase(token)) {
                return qop;
            }
        }
        return null;
    }

    /** The token in a header field. */
    public String token() {
        return token;
    }
}
