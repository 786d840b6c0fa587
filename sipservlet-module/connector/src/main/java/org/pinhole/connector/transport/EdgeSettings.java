package org.pinhole.connector.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.proxyprotocol.ProxySources;

/** What leads from whoever keeps registrations back to the phones, and whether that is somebody else. Immutable. */
public final class EdgeSettings {
    private static final String TRANSPORT = ";transport=";

    /** Where phones are authenticated, one that nobody has authenticated by then holds a connection for nothing. */
    private static final int AUTHENTICATION_SECONDS = 64;

    private final boolean edge;
    private final boolean pcscf;
    private final String contact;
    private final String nextHop;
    private final ProxySources edges;
    private final int authenticationSeconds;

    private EdgeSettings(Map<String, String> settings) {
        String role = settings.getOrDefault("pinhole.role", "edge");
        this.pcscf = "p-cscf".equals(role);
        this.edge = pcscf || "edge".equals(role);
        this.contact = pcscf ? "path" : settings.getOrDefault("pinhole.contact", "rewrite");
        this.nextHop = settings.getOrDefault("pinhole.next-hop", "");
        this.edges = ProxySources.parse(pcscf ? "" : settings.getOrDefault("pinhole.edge-sources", ""));
        this.authenticationSeconds = pcscf
                ? Integer.parseInt(settings.getOrDefault("pinhole.p-cscf.registration-seconds", "32"))
                : AUTHENTICATION_SECONDS;
    }

    /** From the effective settings of a connector, which have been checked. */
    public static EdgeSettings of(Map<String, String> settings) {
        return new EdgeSettings(settings);
    }

    /** Whether phones' Contacts are replaced by such that lead to their flows. */
    boolean rewritesContacts() {
        return contact.equals("rewrite");
    }

    /** Whether a REGISTER gets a Path where the phone asks for outbound. Who is the registrar itself needs none. */
    boolean addsPath() {
        return edge && !contact.equals("keep");
    }

    /** Whether every other REGISTER gets one too: nothing else would lead to the phone. */
    boolean addsPathAlways() {
        return edge && contact.equals("path");
    }

    /**
     * Whether a connection from there is no phone's but that of an edge before us, whose Path leads back to its phones. Being
     * trusted is not enough: behind the core's address, or a proxy's on this host, there may be phones.
     */
    boolean isFromEdge(InetSocketAddress source) {
        return source.getAddress() != null && edges.contains(source.getAddress());
    }

    /** Whether an IMS core is behind us, whose own words are not for phones. */
    boolean hidesCore() {
        return pcscf;
    }

    /** How long a flow may stand without anybody having been authenticated on it (as P-CSCF: registered; TS 33.203 O.4.2). */
    int authenticationSeconds() {
        return authenticationSeconds;
    }

    /** How the next hop is reached, such as {@code udp}; null when there is none but the container itself. */
    @Nullable
    String nextHopTransport() {
        int at = nextHop.indexOf(TRANSPORT);
        return at < 0 ? null : nextHop.substring(at + TRANSPORT.length());
    }
}
