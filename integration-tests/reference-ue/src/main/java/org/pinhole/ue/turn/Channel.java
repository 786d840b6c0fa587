package org.pinhole.ue.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.pinhole.stun.ChannelData;

/** A number bound to a peer: four bytes in front of the data instead of a Send indication (RFC 8656 §12). */
public final class Channel {
    private final int number;
    private final InetSocketAddress peer;
    private final TurnWire wire;

    Channel(int number, InetSocketAddress peer, TurnWire wire) {
        this.number = number;
        this.peer = peer;
        this.wire = wire;
    }

    public int number() {
        return number;
    }

    public InetSocketAddress peer() {
        return peer;
    }

    /** Sends one datagram to the peer, if the server still has the binding. */
    public void send(byte[] data) throws IOException {
        ByteBuf out = Unpooled.buffer(ChannelData.HEADER_BYTES + data.length);
        ChannelData.writeHeader(out, number, data.length);
        wire.send(ByteBufUtil.getBytes(out.writeBytes(data)));
    }

    @Override
    public String toString() {
        return "channel 0x%04X to %s:%d".formatted(number, peer.getAddress().getHostAddress(), peer.getPort());
    }
}
