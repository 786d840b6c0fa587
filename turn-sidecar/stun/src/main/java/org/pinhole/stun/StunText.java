package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 values with their limit; bytes that are no UTF-8 are refused, never replaced (RFC 8489 §14.3, §14.8–14.10). */
final class StunText {
    /** "fewer than 509 bytes" for USERNAME. */
    static final int MAX_USERNAME_BYTES = 508;
    /** "fewer than 128 characters, which can be as long as 763 bytes" for REALM, NONCE, SOFTWARE and reasons. */
    static final int MAX_TEXT_BYTES = 763;

    private StunText() {}

    static String read(String name, ByteBuf value, int maxBytes) {
        if (value.readableBytes() > maxBytes) {
            throw StunException.badRequest("%s is longer than %d bytes".formatted(name, maxBytes));
        }
        byte[] bytes = new byte[value.readableBytes()];
        value.getBytes(value.readerIndex(), bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw StunException.badRequest("%s is not UTF-8".formatted(name));
        }
    }

    static void write(ByteBuf out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
