package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The little that is read of a header block before it is parsed: its start line, and header fields by their names. One octet
 * is one character, so that what is copied from it stays what it was. Pure.
 */
final class HeaderBlock {
    private static final String CRLF = "\r\n";
    private static final Pattern FOLD = Pattern.compile("\r\n[ \t]+");

    private final byte[] head;
    private final String text;

    /** @param head whole lines; what follows the last CRLF is no line and is not looked at */
    HeaderBlock(byte[] head) {
        this.head = head;
        this.text = new String(head, ISO_8859_1);
    }

    /** The first line; empty when there is none. */
    String startLine() {
        return text.substring(0, Math.max(0, text.indexOf(CRLF)));
    }

    /** The values of all header fields of this name or compact name, in order, unfolded and without space around them. */
    List<String> values(String name, char compactName) {
        List<String> values = new ArrayList<>(2);
        int line = text.indexOf(CRLF) + CRLF.length();
        int end = line < CRLF.length() ? -1 : endOfLogicalLine(line);
        while (end > line) {
            int colon = text.indexOf(':', line);
            if (colon >= 0 && colon < end && isNamed(line, colon, name, compactName)) {
                values.add(unfolded(text.substring(colon + 1, end)).trim());
            }
            line = end + CRLF.length();
            end = endOfLogicalLine(line);
        }
        return values;
    }

    private static String unfolded(String value) {
        return value.indexOf('\r') < 0 ? value : FOLD.matcher(value).replaceAll(" ");
    }

    /** At a CRLF that no space or tab follows (RFC 3261 §7.3.1); -1 when there is none any more. */
    private int endOfLogicalLine(int from) {
        int end = text.indexOf(CRLF, from);
        while (end >= 0 && end + 2 < text.length() && (text.charAt(end + 2) == ' ' || text.charAt(end + 2) == '\t')) {
            end = text.indexOf(CRLF, end + 2);
        }
        return end;
    }

    private boolean isNamed(int from, int colon, String name, char compactName) {
        int end = colon;
        while (end > from && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        int length = end - from;
        return (length == name.length() && text.regionMatches(true, from, name, 0, length))
                || (length == 1 && Character.toLowerCase(text.charAt(from)) == compactName);
    }

    /**
     * The value of Content-Length; 0 when there is none, as for a message without body; {@link Integer#MAX_VALUE} when it is
     * a number beyond all others.
     *
     * @throws SipFormatException when it is no number, or stands there twice with different values
     */
    int contentLength() throws SipFormatException {
        int length = -1;
        for (String value : values("Content-Length", 'l')) {
            int number = number(value);
            if (length >= 0 && length != number) {
                throw SipFormatException.refused(400, "Two Content-Length Values", head);
            }
            length = number;
        }
        return Math.max(length, 0);
    }

    private int number(String value) throws SipFormatException {
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9') {
                throw SipFormatException.refused(400, "Content-Length Is No Number", head);
            }
            number = Math.min(Integer.MAX_VALUE, number * 10 + (digit - '0'));
        }
        if (value.isEmpty()) {
            throw SipFormatException.refused(400, "Content-Length Is Empty", head);
        }
        return (int) number;
    }
}
