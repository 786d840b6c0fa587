package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The name that the certificate of an ALTERNATE-SERVER carries (RFC 8489 §14.16). */
public record AlternateDomain(String value) implements Attribute {
    public static final AttributeType<AlternateDomain> TYPE =
            new AttributeType<>(0x8003, "ALTERNATE-DOMAIN", AlternateDomain::decode);

    /** "MUST be a valid DNS name": 255 bytes at most. */
    private static final int MAX_BYTES = 255;

    private static AlternateDomain decode(ByteBuf value, TransactionId id) {
        return new AlternateDomain(StunText.read("ALTERNATE-DOMAIN", value, MAX_BYTES));
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
