package org.pinhole.stun;

import java.text.Normalizer;

/** The OpaqueString profile as far as two ends can differ over it: spaces and normal form (RFC 8265 §4.2). */
final class OpaqueString {
    private OpaqueString() {}

    static String prepare(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .forEach(mapped::appendCodePoint);
        return Normalizer.normalize(mapped, Normalizer.Form.NFC);
    }
}
