package org.pinhole.suite.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A response as it came, header lines and all. */
record SipResponse(String text) {
    private static final int LONGEST = 64 * 1024;

    /** Reads one response; anything but a status line first is a failure that shows what came. */
    static SipResponse read(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!endsWithBlankLine(head)) {
            head.append((char) in.readUnsignedByte());
            if (head.length() > LONGEST) {
                throw new IOException("no end of headers in " + LONGEST + " bytes: " + head.substring(0, 80));
            }
        }
        SipResponse response = new SipResponse(head.toString());
        if (!response.text.startsWith("SIP/2.0 ")) {
            throw new IOException("expected a status line, saw: " + response.text);
        }
        in.readFully(new byte[response.contentLength()]);
        return response;
    }

    static SipResponse of(byte[] bytes, int length) {
        return new SipResponse(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    int status() {
        return Integer.parseInt(text.substring(8, 11));
    }

    /** The value of the first header of this name, which for Via is the topmost. */
    String header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).trim())
                .findFirst()
                .orElse("");
    }

    private int contentLength() {
        String value = header("Content-Length");
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    private static boolean endsWithBlankLine(StringBuilder head) {
        int end = head.length();
        return end > 4 && head.charAt(end - 1) == '\n' && head.charAt(end - 3) == '\n';
    }
}
