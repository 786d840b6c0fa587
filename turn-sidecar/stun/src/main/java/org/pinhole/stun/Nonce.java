package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The server's nonce, perhaps with the nonce cookie in front (RFC 8489 §14.10). */
public record Nonce(String value) implements Attribute {
    public static final AttributeType<Nonce> TYPE = new AttributeType<>(0x0015, "NONCE", Nonce::decode);

    private static Nonce decode(ByteBuf value, TransactionId id) {
        return new Nonce(StunText.read("NONCE", value, StunText.MAX_TEXT_BYTES));
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
