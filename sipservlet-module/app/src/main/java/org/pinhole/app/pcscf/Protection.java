package org.pinhole.app.pcscf;

import org.jspecify.annotations.Nullable;

/**
 * What the P-CSCF tells the core of how a REGISTER came (TS 24.229 7.2A.2). There is no {@code no} among them: an S-CSCF
 * would take that for IMS AKA.
 */
enum Protection {
    /** Over TLS, answering a challenge, and nobody knows the flow yet. */
    TLS_PENDING("tls-pending"),
    /** Over the TLS connection on which this private identity registered. */
    TLS_YES("tls-yes"),
    /** In the clear, answering a challenge, from an address and port that nobody knows yet. */
    IP_ASSOC_PENDING("ip-assoc-pending"),
    /** From the address and port from which this private identity registered. */
    IP_ASSOC_YES("ip-assoc-yes");

    private final String word;

    Protection(String word) {
        this.word = word;
    }

    /** As it stands in the header field. */
    String word() {
        return word;
    }

    /**
     * What to say of a REGISTER, or null for nothing: encryption alone proves nobody.
     *
     * @param bound whether the flow is bound to the private identity by a registration
     * @param answer whether the REGISTER answers a challenge
     */
    static @Nullable Protection of(boolean tls, boolean bound, boolean answer) {
        if (bound) {
            return tls ? TLS_YES : IP_ASSOC_YES;
        }
        if (!answer) {
            return null;
        }
        return tls ? TLS_PENDING : IP_ASSOC_PENDING;
    }
}
