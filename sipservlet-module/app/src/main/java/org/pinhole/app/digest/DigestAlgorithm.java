package org.pinhole.app.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The digest algorithms that we speak, by the tokens of RFC 8760 §2.2. */
public enum DigestAlgorithm {
    /** 32 hexadecimal digits; for clients that know nothing better. */
    MD5("MD5", "MD5", 32),
    /** 64 hexadecimal digits. */
    SHA_256("SHA-256", "SHA-256", 64),
    /** SHA-512/256 with its own initial values, which is not half of a SHA-512. */
    SHA_512_256("SHA-512-256", "SHA-512/256", 64);

    private final String token;
    private final String jcaName;
    private final int hexLength;

    DigestAlgorithm(String token, String jcaName, int hexLength) {
        this.token = token;
        this.jcaName = jcaName;
        this.hexLength = hexLength;
    }

    /** The algorithm of that token, in any case, or null. */
    public static @Nullable DigestAlgorithm find(String token) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return algorithm;
            }
        }
        return null;
    }

    /** The token in a header field. */
    public String token() {
        return token;
    }

    /** How many hexadecimal digits a hash has. */
    public int hexLength() {
        return hexLength;
    }

    /** The hash of the text's UTF-8 octets, in lower-case hexadecimal. */
    public String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance(jcaName).digest(text.getBytes(StandardCharsets.UTF_8));
            return hex(digest);
        } catch (NoSuchAlgorithmException missing) { // all three come with every JDK since 8
            throw new IllegalStateException("this JDK has no " + jcaName, missing);
        }
    }

    private static String hex(byte[] bytes) {
        char[] digits = new char[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = Character.forDigit((bytes[i] >> 4) & 0xF, 16);
            digits[2 * i + 1] = Character.forDigit(bytes[i] & 0xF, 16);
        }
        return new String(digits);
    }
}
