package org.pinhole.app.digest;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.SuccessHeader;

/** What a success says to the client that proved itself: that the server knows the secret too (RFC 7616 §3.5). */
final class AuthenticationInfo implements SuccessHeader {
    private final DigestAlgorithm algorithm;
    private final String key;
    private final Qop qop;
    private final DigestCredentials credentials;
    private final @Nullable String nextNonce;

    private AuthenticationInfo(
            DigestAlgorithm algorithm, String key, Qop qop, DigestCredentials credentials, @Nullable String nextNonce) {
        this.algorithm = algorithm;
        this.key = key;
        this.qop = qop;
        this.credentials = credentials;
        this.nextNonce = nextNonce;
    }

    static AuthenticationInfo of(
            DigestAlgorithm algorithm, String key, Qop qop, DigestCredentials credentials, @Nullable String nextNonce) {
        return new AuthenticationInfo(algorithm, key, qop, credentials, nextNonce);
    }

    /** A response with a body is covered without it: it may be another server's, which passes through here. */
    @Override
    public String value(Function<String, List<String>> response) {
        Qop covers = response.apply("Content-Type").isEmpty() ? qop : Qop.AUTH;
        return "qop=" + covers.token() + ", rspauth=\""
                + DigestCalculation.rspauth(algorithm, key, covers, credentials) + "\", cnonce="
                + HeaderText.quote(credentials.cnonce()) + ", nc=" + credentials.nc()
                + (nextNonce == null ? "" : ", nextnonce=\"" + nextNonce + "\"");
    }

    @Override
    public String toString() {
        return "Authentication-Info";
    }
}
