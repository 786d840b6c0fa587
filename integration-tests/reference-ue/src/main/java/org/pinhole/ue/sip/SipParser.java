package org.pinhole.ue.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Octets to message. Pure: framing is {@link SipStreamFramer}'s business. */
public final class SipParser {
    private static final byte[] NO_BODY = new byte[0];

    private SipParser() {}

    /** Parses one whole message, head and body. */
    public static SipMessage parse(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new SipFormatException("no blank line behind the headers");
        }
        byte[] body = new byte[octets.length - end - 4];
        System.arraycopy(octets, end + 4, body, 0, body.length);
        return message(new String(octets, 0, end, StandardCharsets.UTF_8), body);
    }

    /** Parses the head alone; used to learn the Content-Length before the body is there. */
    static SipMessage parseHead(String head) {
        return message(head, NO_BODY);
    }

    private static SipMessage message(String head, byte[] body) {
        List<String> lines = unfolded(head);
        String start = lines.get(0);
        List<SipHeaders.Line> headers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new SipFormatException("not a header: " + cut(line));
            }
            headers.add(new SipHeaders.Line(
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim()));
        }
        SipHeaders all = SipHeaders.of(headers);
        return start.startsWith("SIP/2.0 ") ? response(start, all, body) : request(start, all, body);
    }

    private static SipMessage response(String start, SipHeaders headers, byte[] body) {
        String[] words = start.split(" ", 3);
        if (!words[1].matches("[1-6][0-9][0-9]")) {
            throw new SipFormatException("not a status line: " + cut(start));
        }
        return new SipResponse(Integer.parseInt(words[1]), words.length > 2 ? words[2] : "", headers, body);
    }

    private static SipMessage request(String start, SipHeaders headers, byte[] body) {
        String[] words = start.split(" ", -1);
        if (words.length != 3 || !words[2].equals("SIP/2.0") || words[0].isEmpty() || words[1].isEmpty()) {
            throw new SipFormatException("not a request line: " + cut(start));
        }
        return new SipRequest(words[0], words[1], headers, body);
    }

    private static List<String> unfolded(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.split("\r\n", -1)) {
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (folded && lines.size() > 1) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line.trim());
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String cut(String line) {
        String shown = line.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() > 60 ? shown.substring(0, 60) + "..." : shown;
    }
}
