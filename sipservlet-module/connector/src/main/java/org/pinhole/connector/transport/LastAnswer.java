package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pinhole.connector.keepalive.ViaKeep;

/**
 * What a peer is told whose stream cannot be framed any further, in its own words. A SIP request is answered from its own
 * headers (RFC 3261 §8.2.6) if it has those an answer needs; a response and an ACK never are. Who speaks TLS gets an alert,
 * and a proxy nothing, for it would hand that to the phone. Pure.
 */
final class LastAnswer {
    private static final byte[] NOTHING = new byte[0];
    private static final String HTTP_400 = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    /** There is nothing in garbage that an answer could repeat. */
    private static final String BARE_400 = "SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    /** What would end a line in the answer that ended none in the request. */
    private static final Pattern CONTROL = Pattern.compile("[\\r\\n\\x00]");

    private static final Pattern TAG = Pattern.compile("(?i).*;\\s*tag\\s*=.*");
    private static final Pattern EMPTY_RPORT = Pattern.compile("(?i);\\s*rport\\s*(?=[;,]|$)");
    private static final Pattern RECEIVED = Pattern.compile("(?i);\\s*received\\s*=[^;,]*");

    private LastAnswer() {}

    /** The octets; none when there is nothing to say. */
    static byte[] to(SipFormatException fault, InetSocketAddress source) {
        switch (fault.kind()) {
            case SIP:
                return answer(
                        new HeaderBlock(fault.head()), fault.status(), String.valueOf(fault.getMessage()), source);
            case HTTP:
                return HTTP_400.getBytes(US_ASCII);
            case TLS:
                return FirstBytesHandler.ALERT.clone();
            case GARBAGE:
                return BARE_400.getBytes(US_ASCII);
            default:
                return NOTHING;
        }
    }

    private static byte[] answer(HeaderBlock head, int status, String reason, InetSocketAddress source) {
        List<String> vias = head.values("Via", 'v');
        List<String> from = head.values("From", 'f');
        List<String> to = head.values("To", 't');
        List<String> callId = head.values("Call-ID", 'i');
        List<String> cseq = head.values("CSeq", '\0');
        boolean request = !head.startLine().startsWith("SIP/");
        boolean complete =
                !vias.isEmpty() && from.size() == 1 && to.size() == 1 && callId.size() == 1 && cseq.size() == 1;
        for (List<String> values : Arrays.asList(vias, from, to, callId, cseq)) {
            complete &=
                    values.stream().noneMatch(value -> CONTROL.matcher(value).find());
        }
        if (!request || !complete || head.startLine().startsWith("ACK ")) {
            return NOTHING;
        }
        StringBuilder answer = new StringBuilder(512);
        answer.append("SIP/2.0 ").append(status).append(' ').append(reason).append("\r\n");
        for (int i = 0; i < vias.size(); i++) {
            answer.append("Via: ")
                    .append(ViaKeep.blank(i == 0 ? seenFrom(source, vias.get(0)) : vias.get(i)))
                    .append("\r\n");
        }
        answer.append("From: ").append(from.get(0)).append("\r\n");
        answer.append("To: ").append(tagged(to.get(0), callId.get(0))).append("\r\n");
        answer.append("Call-ID: ").append(callId.get(0)).append("\r\n");
        answer.append("CSeq: ").append(cseq.get(0)).append("\r\nContent-Length: 0\r\n\r\n");
        return answer.toString().getBytes(ISO_8859_1);
    }

    /** The topmost Via with where it came from (RFC 3261 §18.2.1, RFC 3581 §4). */
    private static String seenFrom(InetSocketAddress source, String via) {
        int comma = via.indexOf(',');
        String topmost = comma < 0 ? via : via.substring(0, comma);
        String rest = via.substring(topmost.length());
        String port = ";rport=" + source.getPort();
        return EMPTY_RPORT.matcher(RECEIVED.matcher(topmost).replaceAll("")).replaceFirst(port) + ";received="
                + source.getAddress().getHostAddress() + rest;
    }

    /** A tag that a repetition of the request gets again, for we keep no state. */
    private static String tagged(String to, String callId) {
        return TAG.matcher(to).matches()
                ? to
                : to + ";tag=" + Integer.toHexString(callId.hashCode()).toLowerCase(Locale.ROOT);
    }
}
