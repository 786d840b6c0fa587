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
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Transport;

/**
 * Where a connector listens, and how SIP travels there: {@code tls://ADDRESS:PORT} or {@code tcp://ADDRESS:PORT}, the value of
 * {@code pinhole.connector}; {@code tls+proxy://} and {@code tcp+proxy://} where each connection begins with a PROXY protocol
 * header. Two are equal when they cannot both be bound.
 */
public final class ConnectorAddress {
    private static final String EXPECTED =
            "tls://ADDRESS:PORT or tcp://ADDRESS:PORT expected, such as tls://0.0.0.0:443";
    private static final String PROXIED = "+proxy";

    private final Transport transport;
    private final boolean proxied;
    private final InetAddress address;
    private final InetAddress stackAddress;
    private final String boundHost;
    private final int port;
    private final @Nullable PublicName publicName;

    private ConnectorAddress(
            Transport transport,
            boolean proxied,
            InetAddress address,
            InetAddress stackAddress,
            int port,
            @Nullable PublicName publicName) {
        this.transport = transport;
        this.proxied = proxied;
        this.address = address;
        this.stackAddress = stackAddress;
        this.boundHost = stackAddress.getHostAddress();
        this.port = port;
        this.publicName = publicName;
    }

    /**
     * Reads {@code tls://ADDRESS:PORT} or {@code tcp://ADDRESS:PORT}, with or without {@code +proxy} behind the scheme.
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
        String scheme = String.valueOf(uri.getScheme());
        boolean proxied = scheme.endsWith(PROXIED);
        Transport transport = transportOf(proxied ? scheme.substring(0, scheme.length() - PROXIED.length()) : scheme);
        if (transport == null || uri.getHost() == null || !bare || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (uri.getPort() < 1 || uri.getPort() > 65535) {
            throw new IllegalArgumentException(EXPECTED + ", PORT from 1 to 65535");
        }
        try {
            InetAddress address = usable(InetAddress.getByName(uri.getHost()), uri.getHost());
            InetAddress stackAddress = address.isAnyLocalAddress() ? primaryAddress(address) : address;
            return new ConnectorAddress(transport, proxied, address, stackAddress, uri.getPort(), null);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(EXPECTED + "; this host knows no address " + uri.getHost(), unknown);
        }
    }

    private static @Nullable Transport transportOf(String scheme) {
        return "tls".equals(scheme) ? Transport.TLS : "tcp".equals(scheme) ? Transport.TCP : null;
    }

    private static InetAddress usable(InetAddress address, String written) {
        if (address.isLinkLocalAddress()) {
            throw new IllegalArgumentException("a link-local address (" + written
                    + ") cannot stand in a SIP header; use a global one, or a wildcard: 0.0.0.0 or [::]");
        }
        if (address.isMulticastAddress()) {
            throw new IllegalArgumentException("nobody can listen for connections on a multicast address: " + written);
        }
        return address;
    }

    /** The same with the name that the world knows it by. */
    public ConnectorAddress as(PublicName name) {
        return new ConnectorAddress(transport, proxied, address, stackAddress, port, name);
    }

    /** How SIP travels on its connections. */
    public Transport transport() {
        return transport;
    }

    /** Whether each connection begins with a PROXY protocol header. */
    public boolean isProxied() {
        return proxied;
    }

    /** The transport as it stands in a URI's parameter. */
    String transportParameter() {
        return transport.name().toLowerCase(Locale.ROOT);
    }

    /** What the socket binds to. */
    public InetSocketAddress bindAddress() {
        return new InetSocketAddress(address, port);
    }

    /** What the stack calls itself in Via, Route and Contact: a concrete address even when all are bound. */
    public InetAddress stackAddress() {
        return stackAddress;
    }

    /** Whether a host and port, as they stand in a URI or a hop, are this connector's, by its bound or its public name. */
    boolean isSelf(@Nullable String host, int otherPort) {
        return isBound(host, otherPort) || isPublic(host, otherPort);
    }

    /** Whether they are what the stack calls this connector: IPv6 with or without brackets. */
    boolean isBound(@Nullable String host, int otherPort) {
        return host != null && otherPort == port && isSame(bare(host), boundHost);
    }

    /** Whether they are what the world calls this connector. */
    boolean isPublic(@Nullable String host, int otherPort) {
        return host != null
                && publicName != null
                && otherPort == publicName.portOr(port)
                && isSame(bare(host), publicName.host());
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isSame(String bare, String own) {
        if (bare.equalsIgnoreCase(own)) {
            return true;
        }
        try { // another spelling of an IPv6 address; a literal needs no look-up
            return bare.indexOf(':') >= 0
                    && own.indexOf(':') >= 0
                    && InetAddress.getByName(bare).equals(InetAddress.getByName(own));
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    boolean hasPublicName() {
        return publicName != null;
    }

    /** The host that phones are told: the public name, or without one the bound address, IPv6 without brackets. */
    public String publicHost() {
        return publicName == null ? boundHost() : publicName.host();
    }

    /** The port that phones are told. */
    public int publicPort() {
        return publicName == null ? port : publicName.portOr(port);
    }

    /** The host that the stack writes. */
    String boundHost() {
        return boundHost;
    }

    /** The port. */
    public int port() {
        return port;
    }

    /** Of the family that was bound; IPv4 first where both are, because more phones have it. */
    private static InetAddress primaryAddress(InetAddress wildcard) {
        InetAddress ipv6 = null;
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!network.isUp() || network.isLoopback()) {
                    continue;
                }
                for (InetAddress candidate : Collections.list(network.getInetAddresses())) {
                    if (candidate.isLinkLocalAddress()) {
                        continue;
                    }
                    if (candidate instanceof Inet4Address) {
                        return candidate;
                    }
                    ipv6 = ipv6 == null ? candidate : ipv6;
                }
            }
        } catch (SocketException noInterfaces) {
            // the loopback address is true, if of little use
        }
        return ipv6 == null || wildcard instanceof Inet4Address ? InetAddress.getLoopbackAddress() : ipv6;
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

    /** What we call ourselves in URIs. */
    String hostPort() {
        return hostPort(publicHost(), publicPort());
    }

    /** A host and a port as they stand in a URI. */
    static String hostPort(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return transportParameter() + (proxied ? PROXIED : "") + "://" + hostPort(address.getHostAddress(), port);
    }
}
