package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The protocol between server and peer, as an IP protocol number (RFC 8656 §18.7, RFC 6062 §4.1). */
public record RequestedTransport(int protocol) implements Attribute {
    public static final int UDP = 17;
    public static final int TCP = 6;

    public static final AttributeType<RequestedTransport> TYPE =
            new AttributeType<>(0x0019, "REQUESTED-TRANSPORT", RequestedTransport::decode);

    private static RequestedTransport decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("REQUESTED-TRANSPORT", value, 4);
        return new RequestedTransport(value.getUnsignedByte(value.readerIndex()));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeByte(protocol).writeMedium(0);
    }
}
