package org.pinhole.admin.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;

/** H(A1) = H(user ":" realm ":" password), UTF-8 (RFC 7616 §3.4.2, RFC 8760). As good as the password: never shown. */
final class Ha1 {
    /** The algorithms that a line may be of, by their tokens in RFC 8760; MD5 is also the key that opens TURN. */
    enum Algorithm {
        MD5("MD5", "MD5", 32),
        SHA_256("SHA-256", "SHA-256", 64),
        SHA_512_256("SHA-512-256", "SHA-512/256", 64);

        private final String token;
        private final String jcaName;
        private final int hexLength;

        Algorithm(String token, String jcaName, int hexLength) {
            this.token = token;
            this.jcaName = jcaName;
            this.hexLength = hexLength;
        }

        /** The algorithm of that token, in any case, or null. */
        static @Nullable Algorithm find(String token) {
            for (Algorithm algorithm : values()) {
                if (algorithm.token.equalsIgnoreCase(token)) {
                    return algorithm;
                }
            }
            return null;
        }

        String token() {
            return token;
        }
    }

    private final Algorithm algorithm;
    private final String hex;

    private Ha1(Algorithm algorithm, String hex) {
        this.algorithm = algorithm;
        this.hex = hex;
    }

    /** As it stands in a file. */
    static Ha1 ofHex(Algorithm algorithm, String hex) {
        if (!hex.matches("[0-9a-fA-F]{" + algorithm.hexLength + "}")) {
            throw new IllegalArgumentException(
                    algorithm.token + " hash: " + algorithm.hexLength + " hex digits expected");
        }
        return new Ha1(algorithm, hex.toLowerCase(Locale.ROOT));
    }

    static Ha1 of(Algorithm algorithm, String user, String realm, String password) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm.jcaName)
                    .digest((user + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder(algorithm.hexLength);
            for (byte octet : digest) {
                hex.append(String.format("%02x", octet));
            }
            return new Ha1(algorithm, hex.toString());
        } catch (NoSuchAlgorithmException missing) {
            throw new AdminException("this Java has no " + algorithm.jcaName + "; set JAVA_HOME to a newer one");
        }
    }

    Algorithm algorithm() {
        return algorithm;
    }

    String hex() {
        return hex;
    }

    /** Takes the same time whether or not it matches. */
    boolean matches(Ha1 other) {
        return algorithm == other.algorithm
                && MessageDigest.isEqual(
                        hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "H(A1) " + algorithm.token;
    }
}
