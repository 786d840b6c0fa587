package org.pinhole.suite.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT: its line and, of the headers behind it, what it says of who asks.
 *
 * @param authorization the value of Proxy-Authorization, a secret, or null
 */
record ConnectRequest(
        String target, String host, int port, @Nullable String authorization) {
    private static final int HEAD_LIMIT = 16 * 1024;
    private static final Pattern LINE =
            Pattern.compile("CONNECT ((?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\s]+)):([0-9]{1,5})) HTTP/1\\.[01]\r\n(?s:.*)");

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\r\nProxy-Authorization: *([^\r]*)\r\n");

    /** Reads up to the blank line and not one octet further; null when this is no CONNECT with an authority. */
    static @Nullable ConnectRequest read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0 || head.length() > HEAD_LIMIT) {
                throw new EOFException("no complete request head");
            }
            head.append((char) octet);
        }
        Matcher line = LINE.matcher(head);
        if (!line.matches()) {
            return null;
        }
        String host = line.group(2) == null ? line.group(3) : line.group(2);
        int port = Integer.parseInt(line.group(4));
        Matcher authorization = AUTHORIZATION.matcher(head);
        String said = authorization.find() ? authorization.group(1) : null;
        return port > 65535 ? null : new ConnectRequest(line.group(1), host, port, said);
    }
}
