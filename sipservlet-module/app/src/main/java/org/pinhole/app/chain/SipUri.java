package org.pinhole.app.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@code sip:} or {@code sips:} URI (RFC 3261 §19.1), as far as routing and comparison need it. Immutable. */
public final class SipUri {
    private static final int MAX_LENGTH = 2048;
    /** These never match when only one of two URIs has them (RFC 3261 §19.1.4, and its examples for transport). */
    private static final String[] DECISIVE_PARAMETERS = {"user", "ttl", "method", "maddr", "transport"};

    private static final String UNESCAPED_IN_USER = "-_.!~*'()&=+$,;?/";

    private final String scheme;
    private final @Nullable String user;
    private final String host;
    private final int port;
    private final Map<String, String> parameters;

    private SipUri(String scheme, @Nullable String user, String host, int port, Map<String, String> parameters) {
        this.scheme = scheme;
        this.user = user;
        this.host = host;
        this.port = port;
        this.parameters = Collections.unmodifiableMap(parameters);
    }

    /**
     * Reads a URI.
     *
     * @throws SipFormatException when it is none, or of another scheme
     */
    public static SipUri parse(String text) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (text.length() > MAX_LENGTH || !(scheme.equals("sip") || scheme.equals("sips"))) {
            throw new SipFormatException("not a SIP URI");
        }
        String rest = text.substring(colon + 1);
        int at = rest.indexOf('@');
        String user = at < 0 ? null : userOf(rest.substring(0, at));
        rest = rest.substring(at + 1);
        int headers = rest.indexOf('?');
        rest = headers < 0 ? rest : rest.substring(0, headers);
        int semicolon = rest.indexOf(';');
        String hostPort = semicolon < 0 ? rest : rest.substring(0, semicolon);
        int portColon = hostPort.indexOf(':', Math.max(hostPort.indexOf(']'), 0));
        String host = portColon < 0 ? hostPort : hostPort.substring(0, portColon);
        int port = portColon < 0 ? -1 : portOf(hostPort.substring(portColon + 1));
        Map<String, String> parameters =
                semicolon < 0 ? Collections.emptyMap() : parametersOf(rest.substring(semicolon + 1));
        return new SipUri(scheme, user, hostOf(host), port, parameters);
    }

    private static String userOf(String userInfo) {
        int password = userInfo.indexOf(':');
        String user = unescape(password < 0 ? userInfo : userInfo.substring(0, password));
        if (user.isEmpty()) {
            throw new SipFormatException("a URI's user part is empty");
        }
        return user;
    }

    private static String hostOf(String host) {
        boolean plausible = !host.isEmpty();
        for (int i = 0; i < host.length() && plausible; i++) {
            char c = host.charAt(i);
            plausible = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._[]:".indexOf(c) >= 0;
        }
        if (!plausible) {
            throw new SipFormatException("a URI's host is malformed");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static int portOf(String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port <= 0xFFFF && digits.charAt(0) != '+') {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new SipFormatException("a URI's port is malformed");
    }

    private static Map<String, String> parametersOf(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : HeaderText.split(text, ';')) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!name.isEmpty()) {
                parameters.put(name.toLowerCase(Locale.ROOT), equals < 0 ? "" : parameter.substring(equals + 1));
            }
        }
        return parameters;
    }

    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            boolean complete = i + 2 < in.length;
            int high = complete ? Character.digit(in[i + 1], 16) : -1;
            int low = complete ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new SipFormatException("a URI's escape is malformed");
            }
            out.put((byte) (high * 16 + low));
            i += 2;
        }
        return new String(out.array(), 0, out.position(), StandardCharsets.UTF_8);
    }

    /** A user name as it may stand in a URI. */
    public static String escapeUser(String user) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80
                    && ((c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || UNESCAPED_IN_USER.indexOf(c) >= 0);
            if (plain) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    /** The user part, escapes resolved, or null when there is none. */
    public @Nullable String user() {
        return user;
    }

    /** The host in lower case; an IPv6 address with its brackets. */
    public String host() {
        return host;
    }

    /** The port, or -1 when none is given. */
    public int port() {
        return port;
    }

    /** Whether there is a parameter of that name, with or without a value. */
    public boolean hasParameter(String name) {
        return parameters.containsKey(name);
    }

    /** Whether both mean the same (RFC 3261 §19.1.4; header components are left out). */
    public boolean matches(SipUri other) {
        return scheme.equals(other.scheme)
                && Objects.equals(user, other.user)
                && host.equals(other.host)
                && port == other.port
                && parametersMatch(other);
    }

    private boolean parametersMatch(SipUri other) {
        for (String name : DECISIVE_PARAMETERS) {
            if (parameters.containsKey(name) != other.parameters.containsKey(name)) {
                return false;
            }
        }
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String theirs = other.parameters.get(parameter.getKey());
            if (theirs != null && !theirs.equalsIgnoreCase(parameter.getValue())) {
                return false;
            }
        }
        return true;
    }
}
