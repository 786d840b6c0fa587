package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;

/** HMAC-SHA1 over the message up to here (RFC 8489 §14.5). */
@SuppressWarnings("ArrayRecordComponent") // compared by content below, and never changed
public record MessageIntegrity(byte[] value) implements Attribute {
    public static final AttributeType<MessageIntegrity> TYPE =
            new AttributeType<>(0x0008, "MESSAGE-INTEGRITY", MessageIntegrity::decode);

    /** The one length that is accepted. */
    public static final int BYTES = 20;

    private static MessageIntegrity decode(ByteBuf value, TransactionId id) {
        return new MessageIntegrity(AttributeType.requireBytes("MESSAGE-INTEGRITY", value, BYTES));
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
        return other instanceof MessageIntegrity that && MessageDigest.isEqual(that.value, value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "MESSAGE-INTEGRITY";
    }
}
