package org.pinhole.turn.allocation;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** The peers, by address alone, that may send to an allocation and be sent to (RFC 8656 §9). */
final class Permissions {
    /** Enough for any call; what a client can make us remember is bounded. */
    static final int MAX = 1024;

    private final Map<InetAddress, Long> expiries = new HashMap<>();

    boolean hasRoomFor(java.util.Set<InetAddress> peers) {
        long fresh = peers.stream().filter(peer -> !expiries.containsKey(peer)).count();
        return expiries.size() + fresh <= MAX;
    }

    /** Installs or refreshes; only requests come here, data never refreshes a permission. */
    void install(InetAddress peer, long now) {
        expiries.put(peer, now + Lifetimes.PERMISSION_NANOS);
    }

    boolean permits(InetAddress peer, long now) {
        Long expiry = expiries.get(peer);
        return expiry != null && expiry - now > 0;
    }

    void removeExpired(long now) {
        expiries.values().removeIf(expiry -> expiry - now <= 0);
    }
}
