package org.pinhole.turn.allocation;

import java.net.StandardProtocolFamily;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ReservationToken;

/**
 * What an Allocate asked for, once its values have been checked.
 *
 * @param tcp whether peers are reached by TCP (RFC 6062) instead of UDP
 * @param dual whether an IPv6 address is wanted beside the IPv4 one
 * @param token names the port that was kept for it, with which everything else is left open
 */
public record Wish(
        boolean tcp,
        StandardProtocolFamily family,
        boolean dual,
        Port port,
        @Nullable ReservationToken token,
        long lifetimeSeconds) {

    /** Which relayed ports will do. */
    public enum Port {
        ANY,
        EVEN,
        /** Even, and the next one is kept for a second Allocate. */
        EVEN_AND_KEEP_NEXT
    }
}
