package org.pinhole.ue.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one challenge for one request, and the check of the server's counter-proof. Pure. (RFC 7616 §3.4, §3.5)
 *
 * @param session what a -sess algorithm's A1 is made from; not looked at for the others
 * @param count nc, from 1
 */
public record DigestAnswer(
        Challenge challenge,
        DigestAlgorithm algorithm,
        Qop qop,
        Credentials credentials,
        DigestSession session,
        DigestRequest request,
        int count,
        String cnonce) {

    /** The response directive. */
    public String response() {
        return proof(request.method(), request.body());
    }

    /** What Authentication-Info has to carry as rspauth: the same proof with an empty method, over the response's body. */
    public String rspauth(byte[] responseBody) {
        return proof("", responseBody);
    }

    private String proof(String method, byte[] body) {
        String a2 = method + ":" + request.uri();
        String ha2 = algorithm.hash(qop == Qop.AUTH_INT ? a2 + ":" + algorithm.hash(body) : a2);
        String count = qop == Qop.NONE ? "" : ":" + nc() + ":" + cnonce + ":" + qop.token();
        return algorithm.hash(ha1() + ":" + challenge.nonce() + count + ":" + ha2);
    }

    private String ha1() {
        String plain = credentials.ha1(algorithm, challenge.realm());
        return algorithm.session() ? algorithm.hash(plain + ":" + session.nonce() + ":" + session.cnonce()) : plain;
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
                .append(Quoted.quote(request.uri()))
                .append(",response=\"")
                .append(response())
                .append('"');
        if (challenge.algorithmToken() != null) {
            value.append(",algorithm=").append(challenge.algorithmToken());
        }
        if (qop != Qop.NONE) {
            value.append(",qop=").append(qop.token()).append(",nc=").append(nc());
        }
        if (qop != Qop.NONE || algorithm.session()) {
            value.append(",cnonce=").append(Quoted.quote(cnonce));
        }
        if (challenge.opaque() != null) {
            value.append(",opaque=").append(Quoted.quote(challenge.opaque()));
        }
        return value.toString();
    }

    /** Whether the far end proved that it knows the secret too: true, false, or null when it did not try. */
    @Nullable
    public Boolean confirmedBy(@Nullable String authenticationInfo, byte[] responseBody) {
        String shown = authenticationInfo == null
                ? null
                : AuthParams.parse(authenticationInfo).find("rspauth");
        if (shown == null) {
            return null;
        }
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.US_ASCII), rspauth(responseBody).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "answer to " + challenge;
    }
}
