package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/**
 * The channel that a ChannelBind speaks of (RFC 8656 §18.1). The range is the handler's to check, since a wrong one is
 * an answer and not a broken message.
 */
public record ChannelNumber(int value) implements Attribute {
    public static final AttributeType<ChannelNumber> TYPE =
            new AttributeType<>(0x000C, "CHANNEL-NUMBER", ChannelNumber::decode);

    private static ChannelNumber decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("CHANNEL-NUMBER", value, 4);
        return new ChannelNumber(value.getUnsignedShort(value.readerIndex()));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeShort(value).writeShort(0);
    }
}
