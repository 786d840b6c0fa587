package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;

/** Names a relayed address that the server keeps for a second Allocate (RFC 8656 §18.11). */
@SuppressWarnings("ArrayRecordComponent") // compared by content below, and never changed
public record ReservationToken(byte[] value) implements Attribute {
    public static final AttributeType<ReservationToken> TYPE =
            new AttributeType<>(0x0022, "RESERVATION-TOKEN", ReservationToken::decode);

    /** The one length that is accepted. */
    public static final int BYTES = 8;

    private static ReservationToken decode(ByteBuf value, TransactionId id) {
        return new ReservationToken(AttributeType.requireBytes("RESERVATION-TOKEN", value, BYTES));
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
        return other instanceof ReservationToken that && MessageDigest.isEqual(that.value, value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "RESERVATION-TOKEN";
    }
}
