package org.pinhole.turn.allocation;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.Icmp;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.XorPeerAddress;

/** A peer's data as its client gets it (RFC 8656 §11.3, §12.7). The data is copied; its buffer stays the caller's. */
final class ClientFrames {
    /** Header, XOR-PEER-ADDRESS of either family and the header of DATA. */
    private static final int INDICATION_BYTES = 20 + 24 + 4;

    private ClientFrames() {}

    static ByteBuf channelData(ClientPath path, int channel, ByteBuf data) {
        int length = data.readableBytes();
        int padding = path.fiveTuple().transport().isStream() ? ChannelData.padding(length) : 0;
        ByteBuf frame = path.alloc().ioBuffer(ChannelData.HEADER_BYTES + length + padding);
        ChannelData.writeHeader(frame, channel, length);
        return frame.writeBytes(data, data.readerIndex(), length).writeZero(padding);
    }

    static ByteBuf dataIndication(ClientPath path, InetSocketAddress peer, ByteBuf data) {
        ByteBuf frame = path.alloc().ioBuffer(INDICATION_BYTES + data.readableBytes() + 3);
        StunEncoder.start(frame, StunMethod.DATA.indication(), TransactionId.random(ThreadLocalRandom.current()))
                .add(new XorPeerAddress(peer))
                .add(new DataAttribute(data));
        return frame;
    }

    /** A Data indication without data: what became of a datagram to the peer (RFC 8656 §11.5). */
    static ByteBuf icmpIndication(ClientPath path, InetSocketAddress peer, Icmp reason) {
        ByteBuf frame = path.alloc().ioBuffer(INDICATION_BYTES + 12);
        StunEncoder.start(frame, StunMethod.DATA.indication(), TransactionId.random(ThreadLocalRandom.current()))
                .add(new XorPeerAddress(peer))
                .add(reason);
        return frame;
    }

    /** A peer has connected and waits for a ConnectionBind (RFC 6062 §5.3). */
    static ByteBuf connectionAttempt(ClientPath path, InetSocketAddress peer, ConnectionId id) {
        ByteBuf frame = path.alloc().ioBuffer(INDICATION_BYTES + 8);
        StunEncoder.start(
                        frame,
                        StunMethod.CONNECTION_ATTEMPT.indication(),
                        TransactionId.random(ThreadLocalRandom.current()))
                .add(new XorPeerAddress(peer))
                .add(id);
        return frame;
    }
}
