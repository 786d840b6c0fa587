package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** Names a peer's TCP connection to a ConnectionBind (RFC 6062 §6.2.1). */
public record ConnectionId(int value) implements Attribute {
    public static final AttributeType<ConnectionId> TYPE =
            new AttributeType<>(0x002A, "CONNECTION-ID", ConnectionId::decode);

    private static ConnectionId decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("CONNECTION-ID", value, 4);
        return new ConnectionId(value.getInt(value.readerIndex()));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeInt(value);
    }
}
