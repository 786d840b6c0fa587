package org.pinhole.connector.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a connector listens: {@code tls://ADDRESS:PORT}, the value of {@code pinhole.connector}. */
public final class ConnectorAddress {
    private static final String EXPECTED = "tls://ADDRESS:PORT expected, such as tls://0.0.0.0:443";

    private final InetAddress address;
    private final InetAddress stackAddress;
    private final int port;

    private ConnectorAddress(InetAddress address, int port) {
        this.address = address;
        this.stackAddress = address.isAnyLocalAddress() ? primaryAddress() : address;
        this.port = port;
    }

    /**
     * Reads {@code tls://ADDRESS:PORT}.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    public static ConnectorAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text.trim());
        } catch (URISyntaxException notAUri) {
            throw new IllegalArgumentException(EXPECTED, notAUri);
        }
        boolean bare = uri.getPath() == null || uri.getPath().isEmpty();
        if (!"tls".equals(uri.getScheme()) || uri.getHost() == null || !bare || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (uri.getPort() < 1 || uri.getPort() > 65535) {
            throw new IllegalArgumentException(EXPECTED + ", PORT from 1 to 65535");
        }
        try {
            return new ConnectorAddress(InetAddress.getByName(uri.getHost()), uri.getPort());
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(EXPECTED + "; this host knows no address " + uri.getHost(), unknown);
        }
    }

    /** What the socket binds to. */
    public InetSocketAddress bindAddress() {
        return new InetSocketAddress(address, port);
    }

    /** What the stack calls itself in Via, Route and Contact: a concrete address even when all are bound. */
    public InetAddress stackAddress() {
        return stackAddress;
    }

    /** Whether a host and port, as they stand in a URI or a hop, are this connector's: IPv6 with or without brackets. */
    boolean isSelf(@Nullable String host, int otherPort) {
        if (host == null || otherPort != port) {
            return false;
        }
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.equals(stackAddress.getHostAddress())) {
            return true;
        }
        try { // another spelling of an IPv6 address; a literal needs no look-up
            return bare.indexOf(':') >= 0 && InetAddress.getByName(bare).equals(stackAddress);
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** The port. */
    public int port() {
        return port;
    }

    private static InetAddress primaryAddress() {
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!network.isUp() || network.isLoopback()) {
                    continue;
                }
                for (InetAddress candidate : Collections.list(network.getInetAddresses())) {
                    if (candidate instanceof Inet4Address && !candidate.isLinkLocalAddress()) {
                        return candidate;
                    }
                }
            }
        } catch (SocketException noInterfaces) {
            // the loopback address is true, if of little use
        }
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectorAddress
                && ((ConnectorAddress) other).address.equals(address)
                && ((ConnectorAddress) other).port == port;
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, port);
    }

    @Override
    public String toString() {
        String host = address.getHostAddress();
        return "tls://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
