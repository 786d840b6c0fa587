package org.pinhole.turn.request;

import java.net.InetSocketAddress;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.StunException;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.relay.PeerPolicy;

/** The checks of a peer address that CreatePermission, ChannelBind and Connect share (RFC 8656 §10.2, §12.2; RFC 6062 §5.2). */
final class Peers {
    private Peers() {}

    /** 443 when no relayed address is of the peer's family, 403 when policy forbids its address. */
    static InetSocketAddress require(PeerPolicy policy, Allocation allocation, XorPeerAddress peer) {
        InetSocketAddress address = peer.address();
        if (!allocation.relays(AddressFamily.of(address.getAddress()))) {
            throw new StunException(443, "peer %s is not of the relay's family".formatted(address.getAddress()));
        }
        if (!policy.permits(address.getAddress())) {
            throw forbidden(address);
        }
        return address;
    }

    /** The same where the port counts too. */
    static InetSocketAddress requireTransport(PeerPolicy policy, Allocation allocation, XorPeerAddress peer) {
        InetSocketAddress address = require(policy, allocation, peer);
        if (!policy.permits(address)) {
            throw forbidden(address);
        }
        return address;
    }

    private static StunException forbidden(InetSocketAddress peer) {
        return new StunException(403, "peer %s is refused by policy".formatted(peer));
    }
}
