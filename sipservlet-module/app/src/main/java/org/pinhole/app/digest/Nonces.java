package org.pinhole.app.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes nonces that sign themselves, so that no state is kept for a challenge (RFC 7616 §5.4). The key is random per start.
 *
 * <pre>
 *  0        8         16                32
 *  +--------+---------+-----------------+
 *  | time   | random  | MAC, 128 bits   |   base64url, 43 characters
 *  +--------+---------+-----------------+
 *  MAC = HMAC-SHA-256(key; time, random, realm, 0, flow)
 * </pre>
 */
public final class Nonces {
    /** How long a nonce may be used after it was made. */
    public static final long LIFETIME_MILLIS = 5 * 60 * 1000L;

    private static final int SIGNED_BYTES = 16;
    private static final int MAC_BYTES = 16;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Mac keyed;
    private final LongSupplier clockMillis;

    /** Nonces under a fresh key. */
    public Nonces(SecureRandom random, LongSupplier clockMillis) {
        byte[] keyBytes = new byte[32];
        random.nextBytes(keyBytes);
        this.key = new SecretKeySpec(keyBytes, HMAC);
        this.keyed = keyed(key);
        this.clockMillis = clockMillis;
    }

    /** A nonce for this realm on this flow, good from now on. */
    String issue(String realm, String flow) {
        byte[] signed = ByteBuffer.allocate(SIGNED_BYTES)
                .putLong(clockMillis.getAsLong())
                .putLong(ThreadLocalRandom.current()
                        .nextLong()) // tells it from others; what nobody can guess is the MAC
                .array();
        byte[] nonce = Arrays.copyOf(signed, SIGNED_BYTES + MAC_BYTES);
        System.arraycopy(mac(signed, realm, flow), 0, nonce, SIGNED_BYTES, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** When it was issued, provided that we made it for this realm and flow and it has not expired; otherwise null. */
    @Nullable
    Long findIssueTime(String nonce, String realm, String flow) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        if (bytes.length != SIGNED_BYTES + MAC_BYTES) {
            return null;
        }
        byte[] signed = Arrays.copyOf(bytes, SIGNED_BYTES);
        byte[] theirs = Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length);
        long issuedAt = ByteBuffer.wrap(signed).getLong();
        long age = clockMillis.getAsLong() - issuedAt;
        boolean genuine = MessageDigest.isEqual(mac(signed, realm, flow), theirs);
        return genuine && age >= 0 && age < LIFETIME_MILLIS ? issuedAt : null;
    }

    private byte[] mac(byte[] signed, String realm, String flow) {
        Mac mac = fresh();
        mac.update(signed);
        mac.update(realm.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        mac.update(flow.getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
    }

    /** One is not safe for several threads; a copy of one that has its key costs less than another. */
    private Mac fresh() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException hardware) {
            return keyed(key);
        }
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no " + HMAC, missing);
        }
    }
}
