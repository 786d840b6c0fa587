package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** A second relayed address is wanted, of this family (RFC 8656 §18.12). */
public record AdditionalAddressFamily(int family) implements Attribute {
    public static final AttributeType<AdditionalAddressFamily> TYPE =
            new AttributeType<>(0x8000, "ADDITIONAL-ADDRESS-FAMILY", AdditionalAddressFamily::decode);

    private static AdditionalAddressFamily decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("ADDITIONAL-ADDRESS-FAMILY", value, 4);
        return new AdditionalAddressFamily(value.getUnsignedByte(value.readerIndex()));
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
