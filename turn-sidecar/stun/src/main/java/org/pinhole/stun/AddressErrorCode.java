package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** Why one of the two relayed addresses of a dual allocation could not be had (RFC 8656 §18.12); the reason stays empty. */
public record AddressErrorCode(int family, int code) implements Attribute {
    public static final AttributeType<AddressErrorCode> TYPE =
            new AttributeType<>(0x8001, "ADDRESS-ERROR-CODE", AddressErrorCode::decode);

    private static AddressErrorCode decode(ByteBuf value, TransactionId id) {
        ErrorCode error = ErrorCode.decode(value, id);
        return new AddressErrorCode(value.getUnsignedByte(value.readerIndex()), error.code());
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeByte(family).writeByte(0).writeByte(code / 100).writeByte(code % 100);
    }
}
