package org.pinhole.ue.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The answer to one challenge for one request, and the check of the server's counter-proof. Pure. (RFC 7616 §3.4, §3.5) */
public record DigestAnswer(
        Challenge challenge,
        DigestAlgorithm algorithm,
        Credentials credentials,
        String method,
        String uri,
        int count,
        String cnonce) {

    /** The response directive. */
    public String response() {
        return proof(method + ":" + uri);
    }

    /** What Authentication-Info has to carry as rspauth: the same proof with an empty method. */
    public String rspauth() {
        return proof(":" + uri);
    }

    private String proof(String a2) {
        String ha1 = credentials.ha1(algorithm, challenge.realm());
        String ha2 = algorithm.hash(a2);
        if (challenge.qop().isEmpty()) {
            return algorithm.hash(ha1 + ":" + challenge.nonce() + ":" + ha2);
        }
        return algorithm.hash(ha1 + ":" + challenge.nonce() + ":" + nc() + ":" + cnonce + ":auth:" + ha2);
    }

    private String nc() {
        return "%08x".formatted(count);
    }

    /** The value of the Authorization or Proxy-Authorization header. */
    public String headerValue() {
        StringBuilder value = new StringBuilder("Digest username=")
                .append(Quoted.quote(credentials.user()))
                .append(",realm=")
                .append(Quoted.quote(challenge.realm()))
                .append(",nonce=")
                .append(Quoted.quote(challenge.nonce()))
                .append(",uri=")
                .append(Quoted.quote(uri))
                .append(",response=\"")
                .append(response())
                .append('"');
        if (challenge.algorithmToken() != null) {
            value.append(",algorithm=").append(challenge.algorithmToken());
        }
        if (!challenge.qop().isEmpty()) {
            value.append(",qop=auth,nc=").append(nc()).append(",cnonce=").append(Quoted.quote(cnonce));
        }
        if (challenge.opaque() != null) {
            value.append(",opaque=").append(Quoted.quote(challenge.opaque()));
        }
        return value.toString();
    }

    /** Whether the far end proved that it knows the secret too: true, false, or null when it did not try. */
    @Nullable
    public Boolean confirmedBy(@Nullable String authenticationInfo) {
        String shown = authenticationInfo == null
                ? null
                : AuthParams.parse(authenticationInfo).find("rspauth");
        if (shown == null) {
            return null;
        }
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.US_ASCII), rspauth().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "answer to " + challenge;
    }
}
