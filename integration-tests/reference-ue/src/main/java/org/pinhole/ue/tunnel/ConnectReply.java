package org.pinhole.ue.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The head of an HTTP response to CONNECT: status line and header fields (RFC 9112 §4, §5). Pure; holds no body. */
public record ConnectReply(int status, String statusLine, List<String> fields) {
    public ConnectReply {
        fields = List.copyOf(fields);
    }

    /**
     * Parses everything up to, and with or without, the blank line. Line ends may be CRLF or LF (RFC 9112 §2.2); folded
     * lines join the one before.
     *
     * @throws TunnelException when this is no HTTP response
     */
    static ConnectReply parse(String head) throws TunnelException {
        List<String> fields = new ArrayList<>();
        String[] lines = head.split("\r?\n", -1);
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            if (line.isEmpty()) {
                continue;
            }
            boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (folded && !fields.isEmpty()) {
                fields.set(fields.size() - 1, fields.get(fields.size() - 1) + " " + line.trim());
            } else {
                fields.add(line);
            }
        }
        return new ConnectReply(statusOf(lines[0]), lines[0].trim(), fields);
    }

    private static int statusOf(String line) throws TunnelException {
        String[] parts = line.trim().split(" +", 3);
        boolean http = parts.length >= 2 && parts[0].toUpperCase(Locale.ROOT).startsWith("HTTP/1.");
        if (!http || !parts[1].matches("[1-9][0-9][0-9]")) {
            throw new TunnelException(
                    "the proxy's answer is not HTTP: '" + printable(line) + "'; is this an HTTP proxy?");
        }
        return Integer.parseInt(parts[1]);
    }

    private static String printable(String line) {
        String cut = line.length() > 60 ? line.substring(0, 60) + "…" : line;
        return cut.replaceAll("[^\\x20-\\x7e…]", "?");
    }

    /** Any 2xx makes a tunnel (RFC 9110 §9.3.6). */
    public boolean tunnel() {
        return status >= 200 && status < 300;
    }

    /** Whether the connection stays for another request (RFC 9112 §9.3); Proxy-Connection is what old proxies say. */
    boolean keepsConnection() {
        boolean old = statusLine.toUpperCase(Locale.ROOT).startsWith("HTTP/1.0");
        List<String> options = new ArrayList<>(all("Connection"));
        options.addAll(all("Proxy-Connection"));
        String said = String.join(",", options).toLowerCase(Locale.ROOT);
        return !said.contains("close") && (!old || said.contains("keep-alive"));
    }

    /** How many octets of body follow; -1 when only the end of the connection would tell. */
    int bodyLength() {
        List<String> lengths = all("Content-Length");
        boolean plain = all("Transfer-Encoding").isEmpty() && lengths.size() == 1;
        return plain && lengths.get(0).matches("[0-9]{1,9}") ? Integer.parseInt(lengths.get(0)) : -1;
    }

    /** Every value of that field, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            int colon = field.indexOf(':');
            if (colon > 0 && field.substring(0, colon).trim().equalsIgnoreCase(name)) {
                values.add(field.substring(colon + 1).trim());
            }
        }
        return List.copyOf(values);
    }
}
