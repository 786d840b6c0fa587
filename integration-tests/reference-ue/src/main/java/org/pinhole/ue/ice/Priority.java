package org.pinhole.ue.ice;

/** The formulas of RFC 8445 §5.1.2.1 and §6.1.2.3, and RFC 6544 §4.2's local preference. */
final class Priority {
    private static final int COMPONENT = 1;
    /** The most that other-pref can be. */
    static final int MAX_OTHER = 8191;

    private Priority() {}

    /**
     * A candidate's priority.
     *
     * @param other 0 to 8191, which tells apart candidates that are alike in all else: the more preferred, the higher
     */
    static long of(CandidateType type, IceTransport transport, int other) {
        long local = (long) direction(type, transport) * 8192 + other;
        return (long) type.preference(transport) << 24 | local << 8 | 256 - COMPONENT;
    }

    /** What a check of this candidate says a peer-reflexive candidate made by it would have (RFC 8445 §7.1.1). */
    static long peerReflexive(Candidate local) {
        int other = (int) (local.priority() >> 8 & MAX_OTHER);
        return of(CandidateType.PEER_REFLEXIVE, local.transport(), other);
    }

    private static int direction(CandidateType type, IceTransport transport) {
        boolean reflexive = type == CandidateType.SERVER_REFLEXIVE || type == CandidateType.PEER_REFLEXIVE;
        return switch (transport) {
            case UDP -> 7;
            case TCP_ACTIVE -> reflexive ? 4 : 6;
            case TCP_PASSIVE -> reflexive ? 2 : 4;
            case TCP_SIMULTANEOUS -> reflexive ? 6 : 2;
        };
    }

    /** A pair's priority, the same on both sides: 2^32*MIN(G,D) + 2*MAX(G,D) + (G>D?1:0). */
    static long ofPair(long controlling, long controlled) {
        return (Math.min(controlling, controlled) << 32)
                + 2 * Math.max(controlling, controlled)
                + (controlling > controlled ? 1 : 0);
    }
}
