package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** The registered type of an attribute together with the way to read its value (RFC 8489 §18.3, RFC 8656 §18). */
public record AttributeType<A extends Attribute>(int code, String name, Decoder<A> decoder) {

    /** Reads one value. */
    @FunctionalInterface
    public interface Decoder<A> {
        /** {@code value} is exactly the attribute's value; wrong bytes are a {@link StunException} with code 400. */
        A decode(ByteBuf value, TransactionId id);
    }

    static boolean comprehensionRequired(int code) {
        return code < 0x8000;
    }

    /** A copy of a value that has one length only. */
    static byte[] requireBytes(String name, ByteBuf value, int bytes) {
        requireLength(name, value, bytes);
        byte[] copy = new byte[bytes];
        value.getBytes(value.readerIndex(), copy);
        return copy;
    }

    static void requireLength(String name, ByteBuf value, int bytes) {
        if (value.readableBytes() != bytes) {
            throw StunException.badRequest(
                    "%s is %d bytes long, expected %d".formatted(name, value.readableBytes(), bytes));
        }
    }
}
