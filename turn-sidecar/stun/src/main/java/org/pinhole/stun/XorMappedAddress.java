package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** The client's server-reflexive transport address (RFC 8489 §14.2). */
public record XorMappedAddress(InetSocketAddress address) implements Attribute {
    public static final AttributeType<XorMappedAddress> TYPE =
            new AttributeType<>(0x0020, "XOR-MAPPED-ADDRESS", XorMappedAddress::decode);

    private static XorMappedAddress decode(ByteBuf value, TransactionId id) {
        return new XorMappedAddress(Addresses.readXor("XOR-MAPPED-ADDRESS", value, id));
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
