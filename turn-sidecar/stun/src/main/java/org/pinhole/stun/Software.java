package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** What the sender is, for diagnosis only (RFC 8489 §14.14). */
public record Software(String value) implements Attribute {
    public static final AttributeType<Software> TYPE = new AttributeType<>(0x8022, "SOFTWARE", Software::decode);

    private static Software decode(ByteBuf value, TransactionId id) {
        return new Software(StunText.read("SOFTWARE", value, StunText.MAX_TEXT_BYTES));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        StunText.write(out, value);
    }
}
