package org.pinhole.ue.msrp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One MSRP request or response as it stands on the wire (RFC 4975 §7.1).
 *
 * @param status the response's code, or zero for a request
 * @param word the request's method, or the response's comment
 * @param headers in order, To-Path and From-Path first
 * @param body null where there is none, which is not the same as an empty one
 * @param flag how the end-line says it goes on: {@code $} the message is whole, {@code +} there is more, {@code #} given up
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MsrpMessage(
        String transaction, int status, String word, Map<String, String> headers, byte @Nullable [] body, char flag) {
    static final char WHOLE = '$';
    static final char MORE = '+';
    static final char GIVEN_UP = '#';

    MsrpMessage {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static MsrpMessage request(String transaction, String method, Map<String, String> headers) {
        return new MsrpMessage(transaction, 0, method, headers, null, WHOLE);
    }

    /** The answer to a request: it goes back one hop, and has no body (§7.2). */
    MsrpMessage response(int code, String comment) {
        Map<String, String> back = new LinkedHashMap<>();
        String from = find("From-Path");
        String to = find("To-Path");
        back.put("To-Path", from == null ? "" : from.replaceFirst(" .*", ""));
        back.put("From-Path", to == null ? "" : to.replaceFirst(" .*", ""));
        return new MsrpMessage(transaction, code, comment, back, null, WHOLE);
    }

    boolean is(String method) {
        return status == 0 && word.equals(method);
    }

    @Nullable
    String find(String header) {
        return headers.get(header);
    }

    byte[] write() {
        StringBuilder head = new StringBuilder("MSRP ").append(transaction).append(' ');
        head.append(status == 0 ? word : "%03d %s".formatted(status, word)).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            out.writeBytes(new byte[] {'\r', '\n'});
            out.writeBytes(body);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        out.writeBytes(("-------" + transaction + flag + "\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
