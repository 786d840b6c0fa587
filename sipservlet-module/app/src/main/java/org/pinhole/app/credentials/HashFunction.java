package org.pinhole.app.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The hash functions of Digest, by the tokens of RFC 8760 §2.2; an H(A1) is kept for each one that a user may use. */
public enum HashFunction {
    /** 32 hexadecimal digits; for clients that know nothing better. */
    MD5("MD5", "MD5", 32),
    /** 64 hexadecimal digits. */
    SHA_256("SHA-256", "SHA-256", 64),
    /** SHA-512/256 with its own initial values, which is not half of a SHA-512. */
    SHA_512_256("SHA-512-256", "SHA-512/256", 64);

    private static final String HEX = "0123456789abcdef";

    private final String token;
    private final String jcaName;
    private final int hexLength;

    @SuppressWarnings("ImmutableEnumChecker") // it is copied and never fed
    private final MessageDigest unused;

    HashFunction(String token, String jcaName, int hexLength) {
        this.token = token;
        this.jcaName = jcaName;
        this.hexLength = hexLength;
        this.unused = made(jcaName);
    }

    /** The function of that token, in any case, or null. */
    public static @Nullable HashFunction find(String token) {
        for (HashFunction function : values()) {
            if (function.token.equalsIgnoreCase(token)) {
                return function;
            }
        }
        return null;
    }

    /** The token under which its H(A1) is kept, and that challenges name it by. */
    public String token() {
        return token;
    }

    /** How many hexadecimal digits a hash has. */
    public int hexLength() {
        return hexLength;
    }

    /** The hash of the text's UTF-8 octets, in lower-case hexadecimal. */
    public String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of these octets, in lower-case hexadecimal. */
    public String hash(byte[] octets) {
        return hex(fresh().digest(octets));
    }

    /** A copy costs less than asking the JDK's providers anew, and its threads do not wait for each other. */
    private MessageDigest fresh() {
        try {
            return (MessageDigest) unused.clone();
        } catch (CloneNotSupportedException hardware) {
            return made(jcaName);
        }
    }

    private static MessageDigest made(String jcaName) {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException missing) { // all three come with every JDK since 8
            throw new IllegalStateException("this JDK has no " + jcaName, missing);
        }
    }

    /** Whether the text has as many hexadecimal digits as a hash, and nothing else. */
    public boolean isHash(String text) {
        return text.length() == hexLength && text.chars().allMatch(HashFunction::isHexDigit);
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static String hex(byte[] bytes) {
        char[] digits = new char[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = HEX.charAt((bytes[i] >> 4) & 0xF);
            digits[2 * i + 1] = HEX.charAt(bytes[i] & 0xF);
        }
        return new String(digits);
    }
}
