package org.pinhole.ue.digest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The quality of protection that an answer gives (RFC 7616 §3.4). */
public enum Qop {
    /** No qop at all, for servers of RFC 2069. */
    NONE(""),
    AUTH("auth"),
    /** The body counts too (D-4). */
    AUTH_INT("auth-int");

    private final String token;

    Qop(String token) {
        this.token = token;
    }

    public String token() {
        return token;
    }

    /**
     * What to answer an offer with, or null when it holds nothing that we do. auth goes first, whatever the order: what is
     * between us and a registrar may touch bodies.
     */
    @Nullable
    static Qop choose(List<String> offered) {
        if (offered.isEmpty()) {
            return NONE;
        }
        if (offered.stream().anyMatch(AUTH.token::equalsIgnoreCase)) {
            return AUTH;
        }
        return offered.stream().anyMatch(AUTH_INT.token::equalsIgnoreCase) ? AUTH_INT : null;
    }
}
