package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The realm that the credentials belong to (RFC 8489 §14.9). */
public record Realm(String value) implements Attribute {
    public static final AttributeType<Realm> TYPE = new AttributeType<>(0x0014, "REALM", Realm::decode);

    private static Realm decode(ByteBuf value, TransactionId id) {
        return new Realm(StunText.read("REALM", value, StunText.MAX_TEXT_BYTES));
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
