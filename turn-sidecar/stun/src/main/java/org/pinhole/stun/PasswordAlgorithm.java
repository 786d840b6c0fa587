package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The password algorithm that the client chose; ours have no parameters (RFC 8489 §14.12, §18.5). */
public record PasswordAlgorithm(int number) implements Attribute {
    public static final PasswordAlgorithm MD5 = new PasswordAlgorithm(1);
    public static final PasswordAlgorithm SHA_256 = new PasswordAlgorithm(2);

    public static final AttributeType<PasswordAlgorithm> TYPE =
            new AttributeType<>(0x001D, "PASSWORD-ALGORITHM", PasswordAlgorithm::decode);

    private static PasswordAlgorithm decode(ByteBuf value, TransactionId id) {
        AttributeType.requireLength("PASSWORD-ALGORITHM", value, 4);
        return read(value, value.readerIndex());
    }

    static PasswordAlgorithm read(ByteBuf value, int index) {
        if (value.getUnsignedShort(index + 2) != 0) {
            throw StunException.badRequest("a password algorithm with parameters is not known here");
        }
        return new PasswordAlgorithm(value.getUnsignedShort(index));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeShort(number).writeShort(0);
    }
}
