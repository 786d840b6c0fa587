package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** The client's reflexive address in clear, for clients of RFC 3489 (RFC 8489 §14.1). */
public record MappedAddress(InetSocketAddress address) implements Attribute {
    public static final AttributeType<MappedAddress> TYPE =
            new AttributeType<>(0x0001, "MAPPED-ADDRESS", MappedAddress::decode);

    private static MappedAddress decode(ByteBuf value, TransactionId id) {
        return new MappedAddress(Addresses.read("MAPPED-ADDRESS", value));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        Addresses.write(out, address);
    }
}
