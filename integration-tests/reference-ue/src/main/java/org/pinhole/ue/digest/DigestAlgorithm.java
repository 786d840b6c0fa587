package org.pinhole.ue.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash of a Digest challenge, and whether its A1 is a session's (RFC 7616 §3.3, §3.4.2, RFC 8760 §2.2). */
public enum DigestAlgorithm {
    MD5("MD5", "MD5", false),
    MD5_SESS("MD5-sess", "MD5", true),
    SHA_256("SHA-256", "SHA-256", false),
    SHA_256_SESS("SHA-256-sess", "SHA-256", true),
    /** SHA-512/256 with its own initial value, not the first half of SHA-512 (D-2). */
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true);

    private final String token;
    private final String jcaName;
    private final boolean session;

    DigestAlgorithm(String token, String jcaName, boolean session) {
        this.token = token;
        this.jcaName = jcaName;
        this.session = session;
    }

    /** As it stands in a header. */
    public String token() {
        return token;
    }

    /** Whether A1 takes in the nonce and the cnonce that the session began with (D-10). */
    public boolean session() {
        return session;
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
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    String hash(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(jcaName).digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(jcaName + " is missing in this Java installation", e);
        }
    }
}
