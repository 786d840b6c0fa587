package org.pinhole.ue.ice;

import org.jspecify.annotations.Nullable;

/** How an address was learned (RFC 8445 §5.1.1). */
public enum CandidateType {
    HOST("host", 126, 90),
    PEER_REFLEXIVE("prflx", 110, 80),
    SERVER_REFLEXIVE("srflx", 100, 70),
    RELAYED("relay", 10, 0);

    private final String word;
    private final int overUdp;
    private final int overTcp;

    CandidateType(String word, int overUdp, int overTcp) {
        this.word = word;
        this.overUdp = overUdp;
        this.overTcp = overTcp;
    }

    /** As the candidate line has it. */
    public String word() {
        return word;
    }

    /**
     * The type preference. Any direct UDP comes before any direct TCP, and relays come after both (U-16, RFC 6544 §4.2).
     */
    int preference(IceTransport transport) {
        return transport.tcp() ? overTcp : overUdp;
    }

    static @Nullable CandidateType find(String word) {
        for (CandidateType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        return null;
    }
}
