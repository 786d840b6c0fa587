package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** The relayed transport address of an allocation (RFC 8656 §18.5). */
public record XorRelayedAddress(InetSocketAddress address) implements Attribute {
    public static final AttributeType<XorRelayedAddress> TYPE =
            new AttributeType<>(0x0016, "XOR-RELAYED-ADDRESS", XorRelayedAddress::decode);

    private static XorRelayedAddress decode(ByteBuf value, TransactionId id) {
        return new XorRelayedAddress(Addresses.readXor("XOR-RELAYED-ADDRESS", value, id));
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
