package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;

/** HMAC-SHA256 over the message up to here; the RFC's truncation is refused, nobody asks for it (RFC 8489 §14.6). */
@SuppressWarnings("ArrayRecordComponent") // compared by content below, and never changed
public record MessageIntegritySha256(byte[] value) implements Attribute {
    public static final AttributeType<MessageIntegritySha256> TYPE =
            new AttributeType<>(0x001C, "MESSAGE-INTEGRITY-SHA256", MessageIntegritySha256::decode);

    /** The one length that is accepted. */
    public static final int BYTES = 32;

    private static MessageIntegritySha256 decode(ByteBuf value, TransactionId id) {
        return new MessageIntegritySha256(AttributeType.requireBytes("MESSAGE-INTEGRITY-SHA256", value, BYTES));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeBytes(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageIntegritySha256 that && MessageDigest.isEqual(that.value, value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "MESSAGE-INTEGRITY-SHA256";
    }
}
