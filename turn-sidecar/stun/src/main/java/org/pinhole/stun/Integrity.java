package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two HMACs and the checksum over a message's bytes (RFC 8489 §14.5–14.7). */
final class Integrity {
    static final String HMAC_SHA1 = "HmacSHA1";
    static final String HMAC_SHA256 = "HmacSHA256";
    private static final int FINGERPRINT_MASK = 0x5354554E;

    private Integrity() {}

    /**
     * The HMAC over the message up to the attribute at {@code end}, with the header's length as if the message ended
     * behind that attribute.
     */
    static byte[] hmac(String algorithm, byte[] key, ByteBuf message, int start, int end, int attributeBytes) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            int length = end - start + 4 + attributeBytes - StunMessage.HEADER_BYTES;
            mac.update(message.nioBuffer(start, 2));
            mac.update((byte) (length >> 8));
            mac.update((byte) length);
            mac.update(message.nioBuffer(start + 4, end - start - 4));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is missing from this JVM", e);
        }
    }

    /** The value of a FINGERPRINT attribute at {@code end}; the header's length already counts it. */
    static int fingerprint(ByteBuf message, int start, int end) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(message.nioBuffer(start, end - start));
        return (int) crc.getValue() ^ FINGERPRINT_MASK;
    }
}
