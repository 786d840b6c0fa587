package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One STUN message as it was received (RFC 8489 §5): its own copy of the bytes, and where in them each attribute is.
 *
 * <p>Decoding checks the structure; a value is read when somebody asks for it, so that a server can refuse credentials
 * before it complains about anything else (§9.2.4).
 */
public final class StunMessage {
    public static final int HEADER_BYTES = 20;
    public static final int MAGIC_COOKIE = 0x2112A442;
    /** More than any RFC's message has; keeps what a stranger can make us index small. */
    public static final int MAX_ATTRIBUTES = 64;

    static final int FINGERPRINT = 0x8028;
    private static final int INTEGRITY = MessageIntegrity.TYPE.code();
    private static final int INTEGRITY_SHA256 = MessageIntegritySha256.TYPE.code();

    private final MessageType type;
    private final TransactionId transactionId;
    private final ByteBuf wire;
    private final int[] offsets;

    private StunMessage(MessageType type, TransactionId transactionId, ByteBuf wire, int[] offsets) {
        this.type = type;
        this.transactionId = transactionId;
        this.wire = wire;
        this.offsets = offsets;
    }

    /** Decodes one STUN message. Reads {@code in} without taking ownership or moving its indices; the result holds a copy. */
    public static StunMessage decode(ByteBuf in) {
        byte[] bytes = new byte[requireHeader(in)];
        in.getBytes(in.readerIndex(), bytes);
        ByteBuf wire = Unpooled.wrappedBuffer(bytes);
        MessageType type = MessageType.of(wire.getUnsignedShort(0));
        return new StunMessage(type, TransactionId.read(wire, 8), wire, index(wire));
    }

    private static int requireHeader(ByteBuf in) {
        int start = in.readerIndex();
        int bytes = in.readableBytes();
        if (bytes < HEADER_BYTES || (in.getByte(start) & 0xC0) != 0 || in.getInt(start + 4) != MAGIC_COOKIE) {
            throw StunException.badRequest("not STUN: no header of twenty bytes with the magic cookie");
        }
        int length = in.getUnsignedShort(start + 2);
        if ((length & 3) != 0 || length != bytes - HEADER_BYTES) {
            throw StunException.badRequest("header says %d bytes, %d came".formatted(length, bytes - HEADER_BYTES));
        }
        return bytes;
    }

    /** Finds the attributes that count: what follows the integrity is ignored but for what may (§14.5, §14.6). */
    private static int[] index(ByteBuf wire) {
        int[] offsets = new int[8];
        int count = 0;
        int end = wire.writerIndex();
        int last = 0;
        for (int at = HEADER_BYTES; at < end; ) {
            int length = end - at < 4 ? end : wire.getUnsignedShort(at + 2);
            int next = at + 4 + length + (-length & 3);
            if (next > end) {
                throw StunException.badRequest("attribute at byte %d ends behind the message".formatted(at));
            }
            int code = wire.getUnsignedShort(at);
            if (code == FINGERPRINT) {
                requireFingerprint(wire, at, length, next == end);
            } else if (mayFollow(last, code)) {
                if (count == MAX_ATTRIBUTES) {
                    throw StunException.badRequest("more than %d attributes".formatted(MAX_ATTRIBUTES));
                }
                offsets = count == offsets.length ? Arrays.copyOf(offsets, count * 2) : offsets;
                offsets[count++] = at;
                last = code == INTEGRITY || code == INTEGRITY_SHA256 ? code : last;
            }
            at = next;
        }
        return Arrays.copyOf(offsets, count);
    }

    private static boolean mayFollow(int integrity, int code) {
        return integrity == 0 || (integrity == INTEGRITY && code == INTEGRITY_SHA256);
    }

    private static void requireFingerprint(ByteBuf wire, int at, int length, boolean isLast) {
        if (!isLast || length != 4 || wire.getInt(at + 4) != Integrity.fingerprint(wire, 0, at)) {
            throw StunException.badRequest("FINGERPRINT is not last or not right");
        }
    }

    public MessageType type() {
        return type;
    }

    public TransactionId transactionId() {
        return transactionId;
    }

    /** Whether the message carries a FINGERPRINT; a wrong one never gets past {@link #decode}. */
    public boolean hasFingerprint() {
        int end = wire.writerIndex();
        return end >= HEADER_BYTES + 8
                && wire.getInt(end - 8) == ((FINGERPRINT << 16) | 4)
                && fingerprintIsRight(end - 8);
    }

    private boolean fingerprintIsRight(int at) {
        return wire.getInt(at + 4) == Integrity.fingerprint(wire, 0, at);
    }

    /** Whether an attribute of the type is there, readable or not. */
    public boolean has(AttributeType<?> wanted) {
        return offsetOf(wanted.code()) >= 0;
    }

    /** The first attribute of the type, or null. A value that cannot be read is a {@link StunException}. */
    public <A extends Attribute> @Nullable A find(AttributeType<A> wanted) {
        int at = offsetOf(wanted.code());
        return at < 0 ? null : wanted.decoder().decode(value(at), transactionId);
    }

    /** The first attribute of the type; 400 when there is none. */
    public <A extends Attribute> A require(AttributeType<A> wanted) {
        A found = find(wanted);
        if (found == null) {
            throw StunException.badRequest(wanted.name() + " is missing");
        }
        return found;
    }

    /** Every attribute of the type, in order. */
    public <A extends Attribute> List<A> all(AttributeType<A> wanted) {
        List<A> found = new ArrayList<>();
        for (int at : offsets) {
            if (wire.getUnsignedShort(at) == wanted.code()) {
                found.add(wanted.decoder().decode(value(at), transactionId));
            }
        }
        return found;
    }

    /** All attributes as they stood, but for FINGERPRINT and what had to be ignored. */
    public List<RawAttribute> attributes() {
        List<RawAttribute> all = new ArrayList<>(offsets.length);
        for (int at : offsets) {
            ByteBuf value = value(at);
            byte[] bytes = new byte[value.readableBytes()];
            value.getBytes(value.readerIndex(), bytes);
            all.add(new RawAttribute(wire.getUnsignedShort(at), bytes));
        }
        return all;
    }

    /** The comprehension-required attributes that are not among {@code understood}: a 420 names them (§6.3.1). */
    public List<Integer> unknownRequired(Set<Integer> understood) {
        List<Integer> unknown = new ArrayList<>();
        for (int at : offsets) {
            int code = wire.getUnsignedShort(at);
            if (AttributeType.comprehensionRequired(code) && !understood.contains(code)) {
                unknown.add(code);
            }
        }
        return unknown;
    }

    /** Whether MESSAGE-INTEGRITY is there and right for the key, compared in constant time. */
    public boolean integrityIsRight(byte[] key) {
        MessageIntegrity sent = find(MessageIntegrity.TYPE);
        return sent != null
                && MessageDigest.isEqual(
                        sent.value(), hmac(Integrity.HMAC_SHA1, key, INTEGRITY, MessageIntegrity.BYTES));
    }

    /** Whether MESSAGE-INTEGRITY-SHA256 is there and right for the key, compared in constant time. */
    public boolean integritySha256IsRight(byte[] key) {
        MessageIntegritySha256 sent = find(MessageIntegritySha256.TYPE);
        return sent != null
                && MessageDigest.isEqual(
                        sent.value(), hmac(Integrity.HMAC_SHA256, key, INTEGRITY_SHA256, MessageIntegritySha256.BYTES));
    }

    private byte[] hmac(String algorithm, byte[] key, int code, int bytes) {
        return Integrity.hmac(algorithm, key, wire, 0, offsetOf(code), bytes);
    }

    private int offsetOf(int code) {
        for (int at : offsets) {
            if (wire.getUnsignedShort(at) == code) {
                return at;
            }
        }
        return -1;
    }

    private ByteBuf value(int at) {
        return wire.slice(at + 4, wire.getUnsignedShort(at + 2));
    }

    @Override
    public String toString() {
        return "%s, %d attributes".formatted(type, offsets.length);
    }
}
