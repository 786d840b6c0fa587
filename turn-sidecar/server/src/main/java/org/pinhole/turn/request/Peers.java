package org.pinhole.turn.request;

import java.net.InetSocketAddress;
import org.pinhole.stun.StunException;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.relay.PeerPolicy;
import org.pinhole.turn.relay.UdpRelays;

/** The checks of a peer address that CreatePermission and ChannelBind share (RFC 8656 §10.2, §12.2). */
final class Peers {
    private Peers() {}

    /** 443 when the peer is not of the relayed address's family, 403 when policy forbids it. */
    static InetSocketAddress require(PeerPolicy policy, Allocation allocation, XorPeerAddress peer) {
        InetSocketAddress address = peer.address();
        if (UdpRelays.familyOf(address.getAddress())
                != UdpRelays.familyOf(allocation.relayedAddress().getAddress())) {
            throw new StunException(443, "peer %s is not of the relay's family".formatted(address.getAddress()));
        }
        if (!policy.permits(address.getAddress())) {
            throw new StunException(403, "peer %s is refused by policy".formatted(address.getAddress()));
        }
        return address;
    }
}
