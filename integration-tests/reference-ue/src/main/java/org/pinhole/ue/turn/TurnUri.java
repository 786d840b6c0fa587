package org.pinhole.ue.turn;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pinhole.ue.tunnel.HostPort;

/** Where a TURN server listens and for what (RFC 7065); without {@code ?transport=} UDP for turn and TLS for turns. */
public record TurnUri(HostPort server, TurnTransport transport) {
    private static final int TURN_PORT = 3478;
    private static final int TURNS_PORT = 5349;
    private static final int HTTP_PORT = 80;
    private static final Pattern FORM = Pattern.compile(
            "(turns?):(?:\\[([0-9a-f:.]+)\\]|([^\\[\\]:?]+))(?::([0-9]{1,5}))?(?:\\?transport=([a-z0-9-]+))?",
            Pattern.CASE_INSENSITIVE);

    /** Reads one; whatever is none is an {@link IllegalArgumentException} that says what one looks like. */
    public static TurnUri parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no TURN URI; write turn:HOST:PORT?transport=udp|tcp or turns:HOST:PORT");
        }
        boolean secure = form.group(1).equalsIgnoreCase("turns");
        String host = form.group(2) == null ? form.group(3) : form.group(2);
        String port = form.group(4);
        int standard = secure ? TURNS_PORT : TURN_PORT;
        HostPort server = new HostPort(host, port == null ? standard : Integer.parseInt(port));
        return new TurnUri(server, transport(text, secure, form.group(5)));
    }

    private static TurnTransport transport(String text, boolean secure, String said) {
        String name = said == null ? (secure ? "tcp" : "udp") : said.toLowerCase(Locale.ROOT);
        if (name.equals("tcp")) {
            return secure ? TurnTransport.TLS : TurnTransport.TCP;
        }
        if (name.equals("udp") && !secure) {
            return TurnTransport.UDP;
        }
        throw new IllegalArgumentException("'" + text + "' asks for a transport that this client does not have;"
                + " it knows turn: over udp and tcp, and turns: over tcp");
    }

    /** Whether there is a point in trying: an HTTP proxy carries no UDP, and lets CONNECT go to port 443, not to 80 (U-17). */
    public boolean reachable(boolean throughProxy) {
        return !throughProxy || (transport != TurnTransport.UDP && server.port() != HTTP_PORT);
    }

    @Override
    public String toString() {
        String scheme = transport == TurnTransport.TLS ? "turns:" : "turn:";
        return scheme + server + "?transport=" + (transport == TurnTransport.UDP ? "udp" : "tcp");
    }
}
