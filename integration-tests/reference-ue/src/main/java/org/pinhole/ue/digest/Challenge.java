package org.pinhole.ue.digest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One WWW-Authenticate or Proxy-Authenticate of the Digest scheme (RFC 7616 §3.3). */
public record Challenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        @Nullable String algorithmToken,
        List<String> qop,
        boolean stale) {
    private static final String SCHEME = "Digest ";

    public Challenge {
        qop = List.copyOf(qop);
    }

    /** Reads a header value; null when the scheme is not Digest or realm or nonce are missing. */
    @Nullable
    public static Challenge parse(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        AuthParams params = AuthParams.parse(value.substring(SCHEME.length()));
        String realm = params.find("realm");
        String nonce = params.find("nonce");
        if (realm == null || nonce == null) {
            return null;
        }
        String qop = params.find("qop");
        return new Challenge(
                realm,
                nonce,
                params.find("opaque"),
                params.find("algorithm"),
                qop == null ? List.of() : Quoted.split(qop, ','),
                "true".equalsIgnoreCase(params.find("stale")));
    }

    /** The hash to use, or null for one that this UE does not do. */
    @Nullable
    public DigestAlgorithm algorithm() {
        return DigestAlgorithm.find(algorithmToken);
    }

    /** The algorithm as the server named it; absent means MD5. */
    public String algorithmName() {
        return algorithmToken == null ? "MD5" : algorithmToken;
    }

    /** Whether we can answer: a known hash, and qop absent (RFC 2069) or with auth or auth-int in it. */
    boolean answerable() {
        return algorithm() != null && Qop.choose(qop) != null;
    }

    Challenge withNonce(String nextNonce) {
        return new Challenge(realm, nextNonce, opaque, algorithmToken, qop, false);
    }

    @Override
    public String toString() {
        return "challenge " + algorithmName() + " for realm " + realm;
    }
}
