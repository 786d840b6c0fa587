package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a SIP start line from what is none, and no more than that: a wrong version or stray space (RFC 4475 §3.1.2) is still
 * SIP, framed and answered by the stack. Pure.
 */
final class StartLine {
    private static final Pattern HTTP = Pattern.compile("[A-Z]+ \\S+ HTTP/\\d.*");
    private static final int TLS_HANDSHAKE = 0x16;
    private static final byte[] RESPONSE = {'S', 'I', 'P', '/'};
    private static final Pattern VERSION = Pattern.compile("SIP/\\d+\\.\\d+");

    private StartLine() {}

    /** Refuses a first byte that starts no SIP message: a nested TLS handshake, STUN, other binary. */
    static void requirePlausible(int first) throws SipFormatException {
        if (first == TLS_HANDSHAKE) {
            throw SipFormatException.tls();
        }
        if (first <= 0x20 || first >= 0x7F) {
            throw SipFormatException.garbage(String.format(Locale.ROOT, "0x%02X is no start of a SIP message", first));
        }
    }

    /** Refuses a first line that is neither a SIP request line nor a SIP status line. */
    static void requireSip(ByteBuf in, int start, int end) throws SipFormatException {
        String line =
                in.toString(start, end - start, StandardCharsets.ISO_8859_1).trim();
        int firstSpace = line.indexOf(' ');
        boolean sip = firstSpace > 0
                && (isVersion(line.substring(0, firstSpace)) || isVersion(line.substring(line.lastIndexOf(' ') + 1)));
        if (!sip) {
            throw HTTP.matcher(line).matches()
                    ? SipFormatException.http()
                    : SipFormatException.garbage("not a SIP start line");
        }
    }

    /** Whether a framed message is a response. */
    static boolean isOfResponse(byte[] message) {
        for (int i = 0; i < RESPONSE.length; i++) {
            if (i == message.length || message[i] != RESPONSE[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVersion(String word) {
        return word.equals("SIP/2.0") || VERSION.matcher(word).matches();
    }
}
