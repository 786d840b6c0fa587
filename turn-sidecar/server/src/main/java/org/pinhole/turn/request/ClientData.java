package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.ClientPath;

/**
 * Data from client to peer, by Send indication or on a channel (RFC 8656 §11.2, §12.6). Unauthenticated by design, and
 * never answered: what is malformed or not permitted is dropped.
 */
final class ClientData {
    private final AllocationTable table;

    ClientData(AllocationTable table) {
        this.table = table;
    }

    /** A frame that starts like ChannelData; stays the caller's. */
    void channelData(ClientPath path, ByteBuf frame) {
        Allocation allocation = table.find(path.fiveTuple());
        if (allocation == null) {
            return;
        }
        ByteBuf data = ChannelData.data(frame).retain();
        if (!allocation.sendOn(ChannelData.channel(frame), data)) {
            data.release();
        }
    }

    void sendIndication(ClientPath path, StunMessage message) {
        Allocation allocation = table.find(path.fiveTuple());
        if (allocation == null) {
            return;
        }
        InetSocketAddress peer = message.require(XorPeerAddress.TYPE).address();
        ByteBuf data = message.require(DataAttribute.TYPE).bytes();
        if (peer.getPort() == 0) {
            throw StunException.badRequest("port 0 cannot be sent to");
        }
        allocation.sendTo(peer, data); // the bytes are the message's own copy, on the heap: nothing to release
    }
}
