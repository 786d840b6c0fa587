package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/**
 * The application's bytes in a Send or Data indication (RFC 8656 §18.4).
 *
 * <p>The buffer is a view: decoded, on the bytes that the {@link StunMessage} holds; to be encoded, on the caller's,
 * whose indices stay as they are and whose ownership does not move.
 */
public record DataAttribute(ByteBuf bytes) implements Attribute {
    public static final AttributeType<DataAttribute> TYPE =
            new AttributeType<>(0x0013, "DATA", (value, id) -> new DataAttribute(value));

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    }
}
