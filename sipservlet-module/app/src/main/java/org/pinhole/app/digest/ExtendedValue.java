package org.pinhole.app.digest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.pinhole.app.chain.SipFormatException;

/** A parameter whose value is not ASCII, {@code UTF-8''J%C3%A4s} (RFC 5987 §3.2). Pure. */
final class ExtendedValue {
    private static final String CHARSET = "UTF-8'";

    private ExtendedValue() {}

    static String decode(String text) {
        int language = text.indexOf('\'', CHARSET.length());
        if (!text.regionMatches(true, 0, CHARSET, 0, CHARSET.length()) || language < 0) {
            throw new SipFormatException("username* is not UTF-8''…");
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = language + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                octets.write(octet(text, i));
                i += 2;
            } else if (c > ' ' && c < 0x7F) {
                octets.write(c);
            } else {
                throw new SipFormatException("username* has a character that must be escaped");
            }
        }
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw new SipFormatException("a control character in username*");
            }
            return value;
        } catch (CharacterCodingException notUtf8) {
            throw new SipFormatException("username* is not UTF-8");
        }
    }

    private static int octet(String text, int percent) {
        int high = percent + 2 < text.length() ? hex(text.charAt(percent + 1)) : -1;
        int low = percent + 2 < text.length() ? hex(text.charAt(percent + 2)) : -1;
        if (high < 0 || low < 0) {
            throw new SipFormatException("username* has a broken escape");
        }
        return high * 16 + low;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
