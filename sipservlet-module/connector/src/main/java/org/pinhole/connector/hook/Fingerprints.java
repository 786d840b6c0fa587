package org.pinhole.connector.hook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Makes what stands for a few texts of a message, which may be as long as their sender likes: 128 bits, under a key of this
 * process, so that nobody outside can look for two that are alike. Safe for any thread.
 */
final class Fingerprints {
    private static final int KEY_BYTES = 16;
    private static final int BYTES = 16;

    private final KeyParameter key;

    /** Under a fresh key. */
    Fingerprints() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new KeyParameter(random);
    }

    /** Of these texts in this order, where none is told from the empty one. */
    Fingerprint of(@Nullable String... texts) {
        SipHash128 hash = new SipHash128();
        hash.init(key);
        for (String text : texts) {
            byte[] octets = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            int length = text == null ? -1 : octets.length;
            hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array(), 0, Integer.BYTES);
            hash.update(octets, 0, octets.length);
        }
        byte[] out = new byte[BYTES];
        hash.doFinal(out, 0);
        ByteBuffer both = ByteBuffer.wrap(out);
        return new Fingerprint(both.getLong(), both.getLong());
    }

    /** Immutable. */
    static final class Fingerprint {
        private final long high;
        private final long low;

        private Fingerprint(long high, long low) {
            this.high = high;
            this.low = low;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Fingerprint
                    && ((Fingerprint) other).high == high
                    && ((Fingerprint) other).low == low;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(low);
        }
    }
}
