package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** Datagrams to the peer shall carry the DF bit; the attribute has no value (RFC 8656 §18.8). */
public record DontFragment() implements Attribute {
    public static final AttributeType<DontFragment> TYPE =
            new AttributeType<>(0x001A, "DONT-FRAGMENT", DontFragment::decode);

    private static DontFragment decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("DONT-FRAGMENT", value, 0);
        return new DontFragment();
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {}
}
