package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** A peer as the server sees it (RFC 8656 §18.3). */
public record XorPeerAddress(InetSocketAddress address) implements Attribute {
    public static final AttributeType<XorPeerAddress> TYPE =
            new AttributeType<>(0x0012, "XOR-PEER-ADDRESS", XorPeerAddress::decode);

    private static XorPeerAddress decode(ByteBuf value, TransactionId id) {
        return new XorPeerAddress(Addresses.readXor("XOR-PEER-ADDRESS", value, id));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        Addresses.writeXor(out, address, id);
    }
}
