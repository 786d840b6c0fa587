package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The relayed port shall be even; with R the next one is to be kept for a second Allocate (RFC 8656 §18.6). */
public record EvenPort(boolean reserveNext) implements Attribute {
    public static final AttributeType<EvenPort> TYPE = new AttributeType<>(0x0018, "EVEN-PORT", EvenPort::decode);

    private static EvenPort decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("EVEN-PORT", value, 1);
        return new EvenPort((value.getByte(value.readerIndex()) & 0x80) != 0);
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeByte(reserveNext ? 0x80 : 0);
    }
}
