package org.pinhole.turn;

import java.net.InetSocketAddress;
import org.pinhole.turn.relay.IpLiteral;

/** Addresses with ports as an operator writes them: {@code 192.0.2.1:443}, {@code [2001:db8::1]:443}. */
final class SocketAddresses {
    private SocketAddresses() {}

    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw malformed(text, null);
        }
        try {
            return new InetSocketAddress(IpLiteral.parse(host), Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
    }

    private static IllegalArgumentException malformed(
            String text, @org.jspecify.annotations.Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "'%s' is not ADDRESS:PORT, for example 192.0.2.1:443 or [2001:db8::1]:443".formatted(text), cause);
    }
}
