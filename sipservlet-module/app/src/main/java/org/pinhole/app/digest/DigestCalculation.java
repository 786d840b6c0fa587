package org.pinhole.app.digest;

/** The arithmetic of RFC 7616 §3.4 and §3.5. Pure. */
final class DigestCalculation {
    private static final byte[] NO_BODY = {};

    private DigestCalculation() {}

    /** H(A1): user ":" realm ":" password (§3.4.2). */
    static String ha1(DigestAlgorithm algorithm, String user, String realm, String password) {
        return algorithm.hash(user + ":" + realm + ":" + password);
    }

    /** What stands for H(A1) in a session: it takes in the nonce and the cnonce of the session's first request. */
    static String sessionKey(DigestAlgorithm algorithm, String ha1, String nonce, String firstCnonce) {
        return algorithm.hash(ha1 + ":" + nonce + ":" + firstCnonce);
    }

    /**
     * What the client has to say.
     *
     * @param key H(A1), or the session's key
     */
    static String response(
            DigestAlgorithm algorithm, String key, DigestSubject subject, DigestCredentials credentials) {
        String a2 = subject.method() + ":" + credentials.uri();
        if (credentials.qop() == Qop.AUTH_INT) {
            a2 += ":" + algorithm.function().hash(subject.body());
        }
        return keyed(algorithm, key, a2, credentials, Qop.AUTH_INT == credentials.qop() ? Qop.AUTH_INT : Qop.AUTH);
    }

    /** What the server says to show that it knows the secret too, in a response without a body: A2 has no method (§3.5). */
    static String rspauth(DigestAlgorithm algorithm, String key, Qop qop, DigestCredentials credentials) {
        String a2 = ":" + credentials.uri();
        if (qop == Qop.AUTH_INT) {
            a2 += ":" + algorithm.function().hash(NO_BODY);
        }
        return keyed(algorithm, key, a2, credentials, qop);
    }

    private static String keyed(
            DigestAlgorithm algorithm, String key, String a2, DigestCredentials credentials, Qop qop) {
        String nonces = credentials.nonce() + ":" + credentials.nc() + ":" + credentials.cnonce();
        return algorithm.hash(key + ":" + nonces + ":" + qop.token() + ":" + algorithm.hash(a2));
    }
}
