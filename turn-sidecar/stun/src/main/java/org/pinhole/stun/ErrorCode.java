package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** Why a request failed (RFC 8489 §14.8). Our answers leave the reason empty: it only feeds amplification. */
public record ErrorCode(int code, String reason) implements Attribute {
    public static final AttributeType<ErrorCode> TYPE = new AttributeType<>(0x0009, "ERROR-CODE", ErrorCode::decode);

    public ErrorCode {
        if (code < 300 || code > 699) {
            throw StunException.badRequest("ERROR-CODE %d is not within 300 to 699".formatted(code));
        }
    }

    static ErrorCode decode(ByteBuf value, TransactionId id) {
        if (value.readableBytes() < 4) {
            throw StunException.badRequest("ERROR-CODE is too short");
        }
        int classDigit = value.getUnsignedByte(value.readerIndex() + 2) & 0x07;
        int number = value.getUnsignedByte(value.readerIndex() + 3);
        if (number > 99) {
            throw StunException.badRequest("ERROR-CODE's number %d is over 99".formatted(number));
        }
        ByteBuf reason = value.slice(value.readerIndex() + 4, value.readableBytes() - 4);
        return new ErrorCode(classDigit * 100 + number, StunText.read("ERROR-CODE", reason, StunText.MAX_TEXT_BYTES));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeShort(0).writeByte(code / 100).writeByte(code % 100);
        StunText.write(out, reason);
    }
}
