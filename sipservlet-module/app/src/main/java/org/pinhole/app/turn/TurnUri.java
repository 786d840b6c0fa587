package org.pinhole.app.turn;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code turn:} or {@code turns:} URI (RFC 7065 §3.1), over the transports that we have. Immutable. */
final class TurnUri {
    private static final Pattern FORM = Pattern.compile(
            "(turns?):(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(?:\\?transport=(udp|tcp))?");
    private static final int DEFAULT_PORT = 3478;
    private static final int DEFAULT_TLS_PORT = 5349;

    private final String text;
    private final String host;
    private final int port;
    private final boolean stream;

    private TurnUri(Matcher matched) {
        this.text = matched.group();
        boolean tls = "turns".equals(matched.group(1));
        this.host = String.valueOf(matched.group(2));
        String digits = matched.group(3);
        this.port = digits == null ? (tls ? DEFAULT_TLS_PORT : DEFAULT_PORT) : Integer.parseInt(digits);
        this.stream = tls || "tcp".equals(matched.group(4));
    }

    /** Reads a URI; null when it is none, or TLS over UDP. */
    static @Nullable TurnUri find(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || ("turns".equals(matcher.group(1)) && "udp".equals(matcher.group(4)))) {
            return null;
        }
        TurnUri uri = new TurnUri(matcher);
        return uri.port > 0 && uri.port <= 0xFFFF ? uri : null;
    }

    /** As it was written. */
    String text() {
        return text;
    }

    /** Where it leads to. */
    HostPort server() {
        return HostPort.of(host, port);
    }

    /** Whether it is reached over TCP, so that a connection attempt says whether the server is there. */
    boolean stream() {
        return stream;
    }
}
