package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;

/** SHA-256 of {@code username:realm} in the place of a clear USERNAME (RFC 8489 §14.4). */
@SuppressWarnings("ArrayRecordComponent") // compared by content below, and never changed
public record UserHash(byte[] value) implements Attribute {
    public static final AttributeType<UserHash> TYPE = new AttributeType<>(0x001E, "USERHASH", UserHash::decode);

    /** The one length that is accepted. */
    public static final int BYTES = 32;

    /** The hash of a user's name (RFC 8489 §14.4). */
    public static UserHash of(String username, String realm) {
        return new UserHash(LongTermKeys.hash("SHA-256", username + ":" + OpaqueString.prepare(realm)));
    }

    private static UserHash decode(ByteBuf value, TransactionId id) {
        return new UserHash(AttributeType.requireBytes("USERHASH", value, BYTES));
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
        return other instanceof UserHash that && MessageDigest.isEqual(that.value, value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "USERHASH";
    }
}
