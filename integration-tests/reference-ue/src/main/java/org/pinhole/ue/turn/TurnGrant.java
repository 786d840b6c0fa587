package org.pinhole.ue.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the header P-Pinhole-Turn of a 200 to REGISTER grants: where to go, in the order of preference, and expiring
 * credentials. Parameters and URIs of a kind that is not known are passed over. (docs/turn-header.md)
 *
 * @param uris at least one
 * @param realm the realm of the credentials, or null when the header does not name it
 * @param expiresSeconds for how long the credentials open an allocation, or null
 */
public record TurnGrant(
        List<TurnUri> uris,
        TurnCredentials credentials,
        @Nullable String realm,
        @Nullable Long expiresSeconds) {
    public static final String HEADER = "P-Pinhole-Turn";

    public TurnGrant {
        uris = List.copyOf(uris);
    }

    /** Reads the header's value; an {@link IllegalArgumentException} says what is missing. */
    public static TurnGrant parse(String value) {
        List<String> parts = split(value);
        if (!parts.get(0).equalsIgnoreCase("turn")) {
            throw new IllegalArgumentException(HEADER + " starts with '" + parts.get(0) + "', not with turn");
        }
        Map<String, String> params = new LinkedHashMap<>();
        for (String param : parts.subList(1, parts.size())) {
            int equals = param.indexOf('=');
            if (equals > 0) {
                String name = param.substring(0, equals).trim().toLowerCase(Locale.ROOT);
                params.put(name, unquoted(param.substring(equals + 1).trim()));
            }
        }
        TurnCredentials credentials = new TurnCredentials(require(params, "username"), require(params, "credential"));
        String expires = params.get("expires");
        boolean number = expires != null && expires.matches("[0-9]{1,12}");
        return new TurnGrant(
                known(require(params, "uris")),
                credentials,
                params.get("realm"),
                number ? Long.valueOf(expires) : null);
    }

    private static List<TurnUri> known(String list) {
        List<TurnUri> uris = new ArrayList<>();
        for (String text : list.trim().split(" +", -1)) {
            try {
                uris.add(TurnUri.parse(text));
            } catch (IllegalArgumentException notForUs) {
                // such as turns: over udp, which a later server may name
            }
        }
        if (uris.isEmpty()) {
            throw new IllegalArgumentException(HEADER + " names no server that this client can reach: " + list);
        }
        return uris;
    }

    private static String require(Map<String, String> params, String name) {
        String value = params.get(name);
        if (value == null) {
            throw new IllegalArgumentException(HEADER + " has no " + name);
        }
        return value;
    }

    /** The first URI of that transport, or null. */
    @Nullable
    public TurnUri find(TurnTransport transport) {
        return uris.stream()
                .filter(uri -> uri.transport() == transport)
                .findFirst()
                .orElse(null);
    }

    /** The parts between semicolons that are not in a quoted string, trimmed. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == ';' && !quoted) {
                parts.add(part.toString().trim());
                part.setLength(0);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        parts.add(part.toString().trim());
        return parts;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }
}
