package org.pinhole.stun;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one user for each password algorithm (RFC 8489 §18.5): the same bytes as SIP's H(A1), which is what makes
 * one identity of both planes. A missing one means that the user's store does not know it. Arrays are never changed.
 */
public final class LongTermKeys {
    private final byte @Nullable [] md5;
    private final byte @Nullable [] sha256;

    private LongTermKeys(byte @Nullable [] md5, byte @Nullable [] sha256) {
        this.md5 = md5;
        this.sha256 = sha256;
    }

    /** The keys of a user of whom only hashes are stored. */
    public static LongTermKeys ofHashes(byte @Nullable [] md5, byte @Nullable [] sha256) {
        return new LongTermKeys(md5, sha256);
    }

    /** The keys of a user whose password is known; realm and password are prepared as OpaqueString (RFC 8265 §4). */
    public static LongTermKeys of(String username, String realm, String password) {
        String a1 = username + ":" + OpaqueString.prepare(realm) + ":" + OpaqueString.prepare(password);
        return new LongTermKeys(hash("MD5", a1), hash("SHA-256", a1));
    }

    /** The same user with the MD5 hash known as well. */
    public LongTermKeys withMd5(byte[] hash) {
        return new LongTermKeys(hash, sha256);
    }

    /** The same user with the SHA-256 hash known as well. */
    public LongTermKeys withSha256(byte[] hash) {
        return new LongTermKeys(md5, hash);
    }

    /** The key for an algorithm, or null when there is none. */
    public byte @Nullable [] find(PasswordAlgorithm algorithm) {
        if (algorithm.equals(PasswordAlgorithm.MD5)) {
            return md5;
        }
        return algorithm.equals(PasswordAlgorithm.SHA_256) ? sha256 : null;
    }

    /** The key for an algorithm that is known to be there. */
    public byte[] require(PasswordAlgorithm algorithm) {
        byte[] key = find(algorithm);
        if (key == null) {
            throw new IllegalArgumentException("no key for password algorithm " + algorithm.number());
        }
        return key;
    }

    static byte[] hash(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is missing from this JVM", e);
        }
    }

    @Override
    public String toString() {
        return "long-term keys";
    }
}
