package org.pinhole.ue.turn;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorRelayedAddress;

/**
 * What the server granted (RFC 8656 §7.3).
 *
 * @param relayed the relayed transport address, where peers send to
 * @param mapped our own address as the server sees it, or null when it does not say
 * @param lifetime after which it ends unless refreshed
 */
public record Allocation(
        InetSocketAddress relayed, @Nullable InetSocketAddress mapped, Duration lifetime) {
    static Allocation of(StunMessage success) {
        XorMappedAddress mapped = success.find(XorMappedAddress.TYPE);
        return new Allocation(
                success.require(XorRelayedAddress.TYPE).address(),
                mapped == null ? null : mapped.address(),
                lifetime(success));
    }

    static Duration lifetime(StunMessage success) {
        return Duration.ofSeconds(success.require(Lifetime.TYPE).seconds());
    }
}
