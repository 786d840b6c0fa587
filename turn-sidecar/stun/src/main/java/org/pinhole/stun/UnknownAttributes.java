package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The comprehension-required attributes that made a server answer 420 (RFC 8489 §14.13). */
public record UnknownAttributes(List<Integer> types) implements Attribute {
    public static final AttributeType<UnknownAttributes> TYPE =
            new AttributeType<>(0x000A, "UNKNOWN-ATTRIBUTES", UnknownAttributes::decode);

    public UnknownAttributes {
        types = List.copyOf(types);
    }

    private static UnknownAttributes decode(ByteBuf value, TransactionId id) {
        if (value.readableBytes() % 2 != 0) {
            throw StunException.badRequest("UNKNOWN-ATTRIBUTES has an odd length");
        }
        List<Integer> types = new ArrayList<>(value.readableBytes() / 2);
        for (int i = value.readerIndex(); i < value.writerIndex(); i += 2) {
            types.add(value.getUnsignedShort(i));
        }
        return new UnknownAttributes(types);
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        types.forEach(out::writeShort);
    }
}
