package org.pinhole.ue.msrp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into messages, however its octets arrive (RFC 4975 §7.1.1). Lives on one thread. */
final class MsrpDecoder {
    /** A chunk may be of any size; this end never asks for more, and a stranger gets no more memory. */
    static final int MAX_BYTES = 256 * 1024;

    private static final byte[] HEAD_END = {'\r', '\n'};

    private byte[] buffer = new byte[0];
    /** How far the end of the first message was looked for in vain. */
    private int searched;

    /** Takes what arrived; the messages that are whole by now. */
    List<MsrpMessage> feed(byte[] octets) {
        int old = buffer.length;
        buffer = Arrays.copyOf(buffer, old + octets.length);
        System.arraycopy(octets, 0, buffer, old, octets.length);
        List<MsrpMessage> whole = new ArrayList<>();
        for (MsrpMessage next = next(); next != null; next = next()) {
            whole.add(next);
        }
        if (buffer.length > MAX_BYTES) {
            throw new MsrpFormatException("an MSRP chunk of more than " + MAX_BYTES + " bytes");
        }
        return whole;
    }

    private @Nullable MsrpMessage next() {
        int lineEnd = find(HEAD_END, 0);
        if (lineEnd < 0) {
            return null;
        }
        String[] first = text(0, lineEnd).split(" ", 4);
        if (first.length < 3 || !first[0].equals("MSRP") || !first[1].matches("[A-Za-z0-9.+%=-]{4,32}")) {
            throw new MsrpFormatException("'" + text(0, Math.min(lineEnd, 60)) + "' begins no MSRP message");
        }
        byte[] endLine = ("-------" + first[1]).getBytes(StandardCharsets.UTF_8);
        int end = Math.max(lineEnd, searched);
        do {
            end = find(endLine, end + 1);
            if (end < 0 || buffer.length < end + endLine.length + 3) {
                searched = Math.max(lineEnd, buffer.length - endLine.length - 3);
                return null;
            }
        } while (!endsThere(end, endLine.length));
        MsrpMessage message = read(first, lineEnd + 2, end, (char) buffer[end + endLine.length]);
        buffer = Arrays.copyOfRange(buffer, end + endLine.length + 3, buffer.length);
        searched = 0;
        return message;
    }

    /** At the beginning of a line, and with a flag and a line end behind it. */
    private boolean endsThere(int at, int length) {
        int flag = at + length;
        return buffer[at - 2] == '\r'
                && buffer[at - 1] == '\n'
                && "$+#".indexOf(buffer[flag]) >= 0
                && buffer[flag + 1] == '\r'
                && buffer[flag + 2] == '\n';
    }

    private MsrpMessage read(String[] first, int start, int end, char flag) {
        Map<String, String> headers = new LinkedHashMap<>();
        int at = start;
        byte[] body = null;
        while (at < end) {
            int lineEnd = find(HEAD_END, at);
            if (lineEnd == at) {
                body = Arrays.copyOfRange(buffer, at + 2, Math.max(at + 2, end - 2));
                break;
            }
            String line = text(at, lineEnd);
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new MsrpFormatException("'" + line + "' is no MSRP header");
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
            at = lineEnd + 2;
        }
        boolean response = first[2].matches("[0-9]{3}");
        String word = response ? (first.length > 3 ? first[3] : "") : first[2];
        return new MsrpMessage(first[1], response ? Integer.parseInt(first[2]) : 0, word, headers, body, flag);
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private int find(byte[] wanted, int from) {
        for (int at = from; at + wanted.length <= buffer.length; at++) {
            if (Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
