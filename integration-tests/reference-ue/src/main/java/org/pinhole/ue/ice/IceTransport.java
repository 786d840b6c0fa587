package org.pinhole.ue.ice;

import org.jspecify.annotations.Nullable;

/** What a candidate is reached over; of TCP also who connects (RFC 6544 §3). */
public enum IceTransport {
    UDP("udp", null),
    TCP_ACTIVE("tcp", "active"),
    TCP_PASSIVE("tcp", "passive"),
    TCP_SIMULTANEOUS("tcp", "so");

    private final String protocol;
    private final @Nullable String tcptype;

    IceTransport(String protocol, @Nullable String tcptype) {
        this.protocol = protocol;
        this.tcptype = tcptype;
    }

    /** As the candidate line names it. */
    String protocol() {
        return protocol;
    }

    /** The word behind {@code tcptype}, or null for UDP. */
    @Nullable
    String tcptype() {
        return tcptype;
    }

    public boolean tcp() {
        return this != UDP;
    }

    /** What can be paired with it (RFC 6544 §6.2). */
    IceTransport counterpart() {
        return switch (this) {
            case TCP_ACTIVE -> TCP_PASSIVE;
            case TCP_PASSIVE -> TCP_ACTIVE;
            default -> this;
        };
    }

    /** The one of a candidate line, or null for one that is not known. */
    static @Nullable IceTransport find(String protocol, @Nullable String tcptype) {
        for (IceTransport one : values()) {
            boolean sameType = one.tcptype == null ? tcptype == null : one.tcptype.equals(tcptype);
            if (sameType && one.protocol.equalsIgnoreCase(protocol)) {
                return one;
            }
        }
        return null;
    }
}
