package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** Who asks, in clear (RFC 8489 §14.3). */
public record Username(String value) implements Attribute {
    public static final AttributeType<Username> TYPE = new AttributeType<>(0x0006, "USERNAME", Username::decode);

    private static Username decode(ByteBuf value, TransactionId id) {
        return new Username(StunText.read("USERNAME", value, StunText.MAX_USERNAME_BYTES));
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
