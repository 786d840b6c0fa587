package org.pinhole.app.digest;

/** The arithmetic of RFC 7616 §3.4.1 and §3.5 for {@code qop=auth}. Pure. */
final class DigestCalculation {
    private DigestCalculation() {}

    /** H(A1): user ":" realm ":" password (§3.4.2). */
    static String ha1(DigestAlgorithm algorithm, String user, String realm, String password) {
        return algorithm.hash(user + ":" + realm + ":" + password);
    }

    /** What the client has to say. */
    static String response(DigestAlgorithm algorithm, String ha1, String method, DigestCredentials credentials) {
        return keyed(algorithm, ha1, method + ":" + credentials.uri(), credentials);
    }

    /** What the server says to show that it knows the secret too: A2 has no method (§3.5). */
    static String rspauth(DigestAlgorithm algorithm, String ha1, DigestCredentials credentials) {
        return keyed(algorithm, ha1, ":" + credentials.uri(), credentials);
    }

    private static String keyed(DigestAlgorithm algorithm, String ha1, String a2, DigestCredentials credentials) {
        String nonces = credentials.nonce() + ":" + credentials.nc() + ":" + credentials.cnonce();
        return algorithm.hash(ha1 + ":" + nonces + ":auth:" + algorithm.hash(a2));
    }
}
