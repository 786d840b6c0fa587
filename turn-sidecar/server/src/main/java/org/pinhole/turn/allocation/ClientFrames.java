package org.pinhole.turn.allocation;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.Icmp;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunFraming;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.XorPeerAddress;

/** A peer's data as its client gets it (RFC 8656 §11.3, §12.7). The data is copied; its buffer stays the caller's. */
final class ClientFrames {
    private static final int ATTRIBUTE_HEADER_BYTES = 4;

    /** Header, XOR-PEER-ADDRESS of either family and the header of one more attribute. */
    private static final int INDICATION_BYTES = StunMessage.HEADER_BYTES + 24 + ATTRIBUTE_HEADER_BYTES;

    private static final int SMALL_VALUE_BYTES = 8;

    private ClientFrames() {}

    static ByteBuf channelData(ClientPath path, int channel, ByteBuf data) {
        int length = data.readableBytes();
        int padding = path.fiveTuple().transport().isStream() ? ChannelData.padding(length) : 0;
        ByteBuf frame = path.alloc().ioBuffer(ChannelData.HEADER_BYTES + length + padding);
        ChannelData.writeHeader(frame, channel, length);
        return frame.writeBytes(data, data.readerIndex(), length).writeZero(padding);
    }

    /** Whether a Data indication can hold so many bytes: a jumbo datagram of IPv6 is larger than any STUN message. */
    static boolean fitsIndication(InetSocketAddress peer, int bytes) {
        int address = AddressFamily.of(peer.getAddress()) == AddressFamily.IPV6 ? 24 : 12;
        return StunMessage.HEADER_BYTES + address + ATTRIBUTE_HEADER_BYTES + bytes <= StunFraming.MAX_FRAME_BYTES;
    }

    static ByteBuf dataIndication(ClientPath path, InetSocketAddress peer, ByteBuf data) {
        int room = data.readableBytes() + ChannelData.padding(data.readableBytes());
        return indication(path, StunMethod.DATA, room, new XorPeerAddress(peer), new DataAttribute(data));
    }

    /** A Data indication without data: what became of a datagram to the peer (RFC 8656 §11.5). */
    static ByteBuf icmpIndication(ClientPath path, InetSocketAddress peer, Icmp reason) {
        return indication(path, StunMethod.DATA, SMALL_VALUE_BYTES, new XorPeerAddress(peer), reason);
    }

    /** A peer has connected and waits for a ConnectionBind (RFC 6062 §5.3). */
    static ByteBuf connectionAttempt(ClientPath path, InetSocketAddress peer, ConnectionId id) {
        return indication(path, StunMethod.CONNECTION_ATTEMPT, SMALL_VALUE_BYTES, new XorPeerAddress(peer), id);
    }

    private static ByteBuf indication(ClientPath path, StunMethod method, int room, Attribute peer, Attribute what) {
        ByteBuf frame = path.alloc().ioBuffer(INDICATION_BYTES + room);
        try {
            StunEncoder.start(frame, method.indication(), TransactionId.random(ThreadLocalRandom.current()))
                    .add(peer)
                    .add(what);
            return frame;
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
    }
}
