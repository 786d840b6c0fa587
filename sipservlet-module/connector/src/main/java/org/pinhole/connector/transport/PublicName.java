package org.pinhole.connector.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the world calls a connector that sits behind a 1:1 NAT or a redirected port: {@code HOST} or {@code HOST:PORT}, the
 * value of {@code pinhole.public-name}. Immutable.
 */
public final class PublicName {
    private static final String EXPECTED =
            "HOST or HOST:PORT expected, such as sip.example.com, 192.0.2.1:443 or [2001:db8::1]";
    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?");

    private final String host;
    private final int port;

    private PublicName(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * Reads {@code HOST} or {@code HOST:PORT}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    public static PublicName parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        int port = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        if (matcher.group(2) != null && (port < 1 || port > 65535)) {
            throw new IllegalArgumentException(EXPECTED + ", PORT from 1 to 65535");
        }
        String host = matcher.group(1);
        requireSomebody(host);
        return new PublicName(host.toLowerCase(Locale.ROOT), port);
    }

    /** An address that is written in numbers must be one that a phone can reach; a name is the operator's knowledge. */
    private static void requireSomebody(String host) {
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            if (host.matches("[0-9.]+") && !host.matches("\\d+(?:\\.\\d+){3}")) {
                throw new UnknownHostException(host);
            }
            InetAddress address = literal ? InetAddress.getByName(host) : null;
            if (address != null
                    && (address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress())) {
                throw new IllegalArgumentException(EXPECTED + "; no phone reaches " + host);
            }
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException(EXPECTED, notAnAddress);
        }
    }

    /** The name without a port; an IPv6 address without its brackets. */
    public String host() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether it names a port, so that it can be only one connector's. */
    public boolean hasPort() {
        return port > 0;
    }

    /** The port that phones connect to: the connector's own unless another is named. */
    int portOr(int connectorPort) {
        return port > 0 ? port : connectorPort;
    }

    /** As it stands in a URI, with or without a port. */
    @Override
    public String toString() {
        return port > 0 ? host + ":" + port : host;
    }
}
