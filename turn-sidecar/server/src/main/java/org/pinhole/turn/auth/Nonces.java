package org.pinhole.turn.auth;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that nobody has to remember: each carries its time and a MAC over time and source (T-18).
 *
 * <pre>
 * "obMatJos2" | security features (4, RFC 8489 §9.2.1) | base64url( time (2) | HMAC-SHA256 of key, time, source (6) )
 * </pre>
 *
 * Short on purpose: what a 401 is longer than its request, an attacker can amplify.
 */
public final class Nonces {
    /** The nonce cookie with the bit "Password algorithms" set, which is bit 0, the most significant one. */
    static final String COOKIE = "obMatJos2gAAA";

    /** The nonce cookie with the bit "Username anonymity" too, which is bit 1. */
    static final String ANONYMITY_COOKIE = "obMatJos2wAAA";

    private static final int TICK_SECONDS = 16;
    private static final int MAC_BYTES = 6;
    private static final int ENCODED_CHARS = 11;

    private final byte[] key;
    private final String cookie;
    private final long lifetimeTicks;
    private final InstantSource clock;

    /**
     * A key of its own per process: nonces of an earlier run are stale, which costs a client one round trip.
     *
     * @param anonymity whether clients may send USERHASH for USERNAME
     */
    public Nonces(byte[] key, Duration lifetime, InstantSource clock, boolean anonymity) {
        this.key = key.clone();
        this.cookie = anonymity ? ANONYMITY_COOKIE : COOKIE;
        this.lifetimeTicks = lifetime.toSeconds() / TICK_SECONDS;
        this.clock = clock;
    }

    String issue(InetSocketAddress source) {
        long tick = tick();
        byte[] raw = ByteBuffer.allocate(2 + MAC_BYTES)
                .putShort((short) tick)
                .put(mac(tick, source))
                .array();
        return cookie + Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /** Whether we issued the nonce to this source, and not longer ago than it lives. */
    boolean isValid(String nonce, InetSocketAddress source) {
        if (!nonce.startsWith(cookie) || nonce.length() != cookie.length() + ENCODED_CHARS) {
            return false;
        }
        byte[] raw;
        try {
            raw = Base64.getUrlDecoder().decode(nonce.substring(cookie.length()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        long now = tick();
        long age = (now - ByteBuffer.wrap(raw).getShort()) & 0xFFFF;
        return age <= lifetimeTicks
                && MessageDigest.isEqual(mac(now - age, source), Arrays.copyOfRange(raw, 2, raw.length));
    }

    private long tick() {
        return clock.instant().getEpochSecond() / TICK_SECONDS;
    }

    private byte[] mac(long tick, InetSocketAddress source) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(ByteBuffer.allocate(12)
                    .putLong(tick)
                    .putInt(source.getPort())
                    .flip());
            mac.update(source.getAddress().getAddress());
            return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing from this JVM", e);
        }
    }
}
