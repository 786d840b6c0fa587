package org.pinhole.turn.request;

import java.net.InetSocketAddress;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.StunException;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.UdpAllocation;
import org.pinhole.turn.relay.PeerPolicy;

/** ChannelBind (RFC 8656 §12.2). */
final class ChannelBindHandler implements RequestHandler {
    private final AllocationTable table;
    private final PeerPolicy policy;
    private final int highestChannel;

    ChannelBindHandler(AllocationTable table, PeerPolicy policy, int highestChannel) {
        this.table = table;
        this.policy = policy;
        this.highestChannel = highestChannel;
    }

    @Override
    public Reply handle(Request request) {
        UdpAllocation allocation = Allocations.requireUdp(table, request); // → 437, 441
        ChannelNumber number = request.message().require(ChannelNumber.TYPE); // both attributes, or 400
        XorPeerAddress peer = request.message().require(XorPeerAddress.TYPE);
        requireInRange(number.value()); // → 400
        InetSocketAddress address = Peers.requireTransport(policy, allocation, peer); // → 443, 403
        allocation.bindChannel(number.value(), address); // → 400, 508
        return Reply.of();
    }

    private void requireInRange(int channel) {
        if (channel < ChannelData.MIN_CHANNEL || channel > highestChannel) {
            throw StunException.badRequest("channel 0x%04X is not within 0x%04X to 0x%04X"
                    .formatted(channel, ChannelData.MIN_CHANNEL, highestChannel));
        }
    }
}
