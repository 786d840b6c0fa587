package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/**
 * What became of a datagram to a peer, in a Data indication (RFC 8656 §18.13). The meaning of {@code kind} and {@code code}
 * depends on the family of the peer's address; {@code data} is the next hop's MTU or 0.
 */
public record Icmp(int kind, int code, int data) implements Attribute {
    public static final AttributeType<Icmp> TYPE = new AttributeType<>(0x8004, "ICMP", Icmp::decode);

    private static Icmp decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("ICMP", value, 8);
        int at = value.readerIndex();
        return new Icmp(value.getUnsignedByte(at + 2), value.getUnsignedByte(at + 3), value.getInt(at + 4));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeShort(0).writeByte(kind).writeByte(code).writeInt(data);
    }
}
