package org.pinhole.ue.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash of a Digest challenge (RFC 7616 §3.3, RFC 8760 §2.2). */
public enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    /** SHA-512/256 with its own initial value, not the first half of SHA-512 (D-2). */
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String token;
    private final String jcaName;

    DigestAlgorithm(String token, String jcaName) {
        this.token = token;
        this.jcaName = jcaName;
    }

    /** As it stands in a header. */
    public String token() {
        return token;
    }

    /** By token; null for one that we do not do. An absent parameter means MD5. */
    @Nullable
    static DigestAlgorithm find(@Nullable String token) {
        if (token == null) {
            return MD5;
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return algorithm;
            }
        }
        return null;
    }

    String hash(String text) {
        try {
            byte[] octets = MessageDigest.getInstance(jcaName).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(jcaName + " is missing in this Java installation", e);
        }
    }
}
