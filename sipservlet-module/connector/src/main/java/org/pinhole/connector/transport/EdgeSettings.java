package org.pinhole.connector.transport;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What leads from whoever keeps registrations back to the phones, and whether that is somebody else. Immutable. */
public final class EdgeSettings {
    private static final String TRANSPORT = ";transport=";

    private final boolean edge;
    private final String contact;
    private final String nextHop;

    private EdgeSettings(Map<String, String> settings) {
        this.edge = "edge".equals(settings.getOrDefault("pinhole.role", "edge"));
        this.contact = settings.getOrDefault("pinhole.contact", "rewrite");
        this.nextHop = settings.getOrDefault("pinhole.next-hop", "");
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

    /** How the next hop is reached, such as {@code udp}; null when there is none but the container itself. */
    @Nullable
    String nextHopTransport() {
        int at = nextHop.indexOf(TRANSPORT);
        return at < 0 ? null : nextHop.substring(at + TRANSPORT.length());
    }
}
