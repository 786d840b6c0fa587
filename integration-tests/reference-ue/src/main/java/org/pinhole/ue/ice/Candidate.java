package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A transport address that media may be received at (RFC 8445 §5.1.1). There is one component only: RTCP is multiplexed.
 *
 * @param related what a reflexive or relayed address was learned from, for diagnosis only, or null
 */
public record Candidate(
        String foundation,
        IceTransport transport,
        long priority,
        InetSocketAddress address,
        CandidateType type,
        @Nullable InetSocketAddress related) {
    /** Whether two transport addresses and what they are reached over are the same, whatever else is said of them. */
    boolean sameAddress(Candidate other) {
        return transport == other.transport && address.equals(other.address);
    }

    boolean at(InetSocketAddress other) {
        return address.equals(other);
    }

    /** For people: {@code relay udp 192.0.2.3:49152}. */
    @Override
    public String toString() {
        return type.word() + " " + transport.protocol() + " " + CandidateLine.host(address.getAddress()) + ":"
                + address.getPort();
    }
}
