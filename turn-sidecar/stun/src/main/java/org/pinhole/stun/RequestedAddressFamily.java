package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The family of the relayed address that the client wants (RFC 8656 §18.6). */
public record RequestedAddressFamily(int family) implements Attribute {
    public static final AttributeType<RequestedAddressFamily> TYPE =
            new AttributeType<>(0x0017, "REQUESTED-ADDRESS-FAMILY", RequestedAddressFamily::decode);

    private static RequestedAddressFamily decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("REQUESTED-ADDRESS-FAMILY", value, 4);
        return new RequestedAddressFamily(value.getUnsignedByte(value.readerIndex()));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeByte(family).writeMedium(0);
    }
}
