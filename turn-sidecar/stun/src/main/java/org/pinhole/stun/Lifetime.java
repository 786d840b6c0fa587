package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** For how many more seconds the server keeps the allocation, unsigned (RFC 8656 §18.2). */
public record Lifetime(long seconds) implements Attribute {
    public static final AttributeType<Lifetime> TYPE = new AttributeType<>(0x000D, "LIFETIME", Lifetime::decode);

    private static Lifetime decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("LIFETIME", value, 4);
        return new Lifetime(value.getUnsignedInt(value.readerIndex()));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeInt((int) seconds);
    }
}
