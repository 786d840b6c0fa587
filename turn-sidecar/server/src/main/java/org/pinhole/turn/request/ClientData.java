package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.DontFragment;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.allocation.UdpAllocation;
import org.pinhole.turn.relay.PeerPolicy;
import org.pinhole.turn.relay.Relays;

/**
 * Data from client to peer, by Send indication or on a channel (RFC 8656 §11.2, §12.6). Unauthenticated by design, and
 * never answered: what is malformed or not permitted is dropped.
 */
final class ClientData {
    private final AllocationTable table;
    private final PeerPolicy policy;
    private final Relays relays;

    ClientData(AllocationTable table, PeerPolicy policy, Relays relays) {
        this.table = table;
        this.policy = policy;
        this.relays = relays;
    }

    /** A frame that starts like ChannelData; stays the caller's. */
    void channelData(ClientPath path, ByteBuf frame) {
        if (table.find(path) instanceof UdpAllocation allocation) {
            ByteBuf data = ChannelData.data(frame).retain();
            if (!allocation.sendOn(ChannelData.channel(frame), data)) {
                data.release();
            }
        }
    }

    /** The permission was checked against the peer's address alone, so the port is checked here. */
    void sendIndication(ClientPath path, StunMessage message) {
        if (table.find(path) instanceof UdpAllocation allocation) {
            InetSocketAddress peer = message.require(XorPeerAddress.TYPE).address();
            ByteBuf data = message.require(DataAttribute.TYPE).bytes();
            boolean dontFragment = message.find(DontFragment.TYPE) != null;
            if (peer.getPort() == 0 || !policy.permits(peer) || (dontFragment && !relays.canForbidFragments())) {
                throw StunException.badRequest("a Send indication that cannot be honoured");
            }
            allocation.sendTo(peer, data, dontFragment); // the message's own copy, on the heap: nothing to release
        }
    }
}
