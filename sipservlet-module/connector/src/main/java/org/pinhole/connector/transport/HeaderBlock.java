package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.pinhole.connector.transport.SipFormatException.Answer;

/** The little that framing must know of a SIP header block: its start line and its Content-Length. Pure. */
final class HeaderBlock {
    private static final String VERSION = "SIP/2.0";

    private HeaderBlock() {}

    /** Refuses a first byte that starts no SIP message: a nested TLS handshake, STUN, other binary. */
    static void requirePlausibleStart(ByteBuf in, int start, int end) throws SipFormatException {
        if (start < end) {
            int first = in.getByte(start) & 0xFF;
            if (first <= 0x20 || first >= 0x7F) {
                throw new SipFormatException(
                        Answer.NONE, String.format(Locale.ROOT, "0x%02X is no start of a SIP message", first));
            }
        }
    }

    /** Refuses a first line that is neither a SIP request line nor a SIP status line. */
    static void requireSipStartLine(ByteBuf in, int start, int end) throws SipFormatException {
        requirePlausibleStart(in, start, end);
        String line = in.toString(start, end - start, StandardCharsets.ISO_8859_1);
        if (line.startsWith(VERSION + " ") || line.endsWith(" " + VERSION)) {
            return;
        }
        boolean http = line.matches("[A-Z]+ \\S+ HTTP/\\d.*");
        throw new SipFormatException(
                http ? Answer.HTTP_400 : Answer.NONE,
                http ? "HTTP request on a SIP connector" : "not a SIP start line");
    }

    /**
     * The value of Content-Length (or its compact form l); 0 when there is none, as for a message without body.
     *
     * @throws SipFormatException when it is no number, or stands there twice with different values
     */
    static int contentLength(ByteBuf in, int headerLength) throws SipFormatException {
        String block = in.toString(in.readerIndex(), headerLength, StandardCharsets.ISO_8859_1);
        int length = -1;
        int lineStart = block.indexOf("\r\n") + 2;
        while (lineStart < block.length() - 2) {
            int lineEnd = endOfFoldedLine(block, lineStart);
            int colon = block.indexOf(':', lineStart);
            if (colon > 0 && colon < lineEnd && isContentLength(block.substring(lineStart, colon))) {
                int value = number(block.substring(colon + 1, lineEnd).trim());
                if (length >= 0 && length != value) {
                    throw new SipFormatException(Answer.NONE, "two different Content-Length values");
                }
                length = value;
            }
            lineStart = lineEnd + 2;
        }
        return Math.max(length, 0);
    }

    /** Where a header ends: at a CRLF that no space or tab follows (RFC 3261 §7.3.1). */
    private static int endOfFoldedLine(String block, int from) {
        int end = block.indexOf("\r\n", from);
        while (end + 2 < block.length() && (block.charAt(end + 2) == ' ' || block.charAt(end + 2) == '\t')) {
            end = block.indexOf("\r\n", end + 2);
        }
        return end;
    }

    private static boolean isContentLength(String rawName) {
        String name = rawName.trim();
        return name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("l");
    }

    private static int number(String text) throws SipFormatException {
        if (!text.matches("\\d{1,9}")) {
            throw new SipFormatException(Answer.NONE, "Content-Length is not a number of 1 to 9 digits");
        }
        return Integer.parseInt(text);
    }
}
