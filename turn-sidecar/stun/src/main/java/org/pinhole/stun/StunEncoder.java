package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/**
 * Writes one STUN message behind whatever the buffer holds (RFC 8489 §5), attribute by attribute: the header's length is
 * right after every step, padding is zero. The buffer stays the caller's.
 */
public final class StunEncoder {
    private static final int FINGERPRINT_BYTES = 4;

    private final ByteBuf out;
    private final TransactionId id;
    private final int start;

    private StunEncoder(ByteBuf out, TransactionId id) {
        this.out = out;
        this.id = id;
        this.start = out.writerIndex();
    }

    public static StunEncoder start(ByteBuf out, MessageType type, TransactionId id) {
        StunEncoder encoder = new StunEncoder(out, id);
        out.writeShort(type.bits()).writeShort(0).writeInt(StunMessage.MAGIC_COOKIE);
        id.write(out);
        return encoder;
    }

    public StunEncoder add(Attribute attribute) {
        out.writeShort(attribute.type()).writeShort(0);
        int valueStart = out.writerIndex();
        attribute.writeValue(out, id);
        int length = out.writerIndex() - valueStart;
        if (length > 0xFFFF || out.writerIndex() - start > StunFraming.MAX_FRAME_BYTES) {
            throw StunException.badRequest("attribute 0x%04X does not fit a message".formatted(attribute.type()));
        }
        out.setShort(valueStart - 2, length);
        out.writeZero(-length & 3);
        out.setShort(start + 2, out.writerIndex() - start - StunMessage.HEADER_BYTES);
        return this;
    }

    /** Seals what was added so far with MESSAGE-INTEGRITY. */
    public StunEncoder integrity(byte[] key) {
        int end = out.writerIndex();
        return add(new MessageIntegrity(
                Integrity.hmac(Integrity.HMAC_SHA1, key, out, start, end, MessageIntegrity.BYTES)));
    }

    /** Seals what was added so far with MESSAGE-INTEGRITY-SHA256. */
    public StunEncoder integritySha256(byte[] key) {
        int end = out.writerIndex();
        return add(new MessageIntegritySha256(
                Integrity.hmac(Integrity.HMAC_SHA256, key, out, start, end, MessageIntegritySha256.BYTES)));
    }

    /** Ends the message with FINGERPRINT; nothing may be added behind it. */
    public void fingerprint() {
        int end = out.writerIndex();
        int length = end - start - StunMessage.HEADER_BYTES + 4 + FINGERPRINT_BYTES;
        out.setShort(start + 2, length);
        out.writeShort(StunMessage.FINGERPRINT).writeShort(FINGERPRINT_BYTES);
        out.writeInt(Integrity.fingerprint(out, start, end));
    }
}
