package org.pinhole.ue.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.MessageType;
import org.pinhole.stun.RawAttribute;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.Username;
import org.pinhole.stun.XorMappedAddress;

/**
 * Checks and their answers as octets, sealed with MESSAGE-INTEGRITY and FINGERPRINT (RFC 8445 §7.1). ICE's own four
 * attributes are here, not in the codec that the TURN server uses too: to that they are unknown. Pure.
 */
final class CheckCodec {
    private static final int PRIORITY = 0x0024;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int CONTROLLED = 0x8029;
    private static final int CONTROLLING = 0x802A;

    private CheckCodec() {}

    static byte[] request(TransactionId id, Check check, byte[] key) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, StunMethod.BINDING.request(), id)
                .add(new Username(check.username()))
                .add(new RawAttribute(PRIORITY, octets(check.priority(), 4)))
                .add(new RawAttribute(check.controlling() ? CONTROLLING : CONTROLLED, octets(check.tieBreaker(), 8)));
        if (check.nominates()) {
            encoder.add(new RawAttribute(USE_CANDIDATE, new byte[0]));
        }
        return sealed(encoder, key, out);
    }

    static byte[] success(TransactionId id, InetSocketAddress mapped, byte[] key) {
        ByteBuf out = Unpooled.buffer();
        MessageType type = StunMethod.BINDING.request().success();
        return sealed(StunEncoder.start(out, type, id).add(new XorMappedAddress(mapped)), key, out);
    }

    static byte[] roleConflict(TransactionId id, byte[] key) {
        ByteBuf out = Unpooled.buffer();
        MessageType type = StunMethod.BINDING.request().error();
        return sealed(StunEncoder.start(out, type, id).add(new ErrorCode(487, "Role Conflict")), key, out);
    }

    private static byte[] sealed(StunEncoder encoder, byte[] key, ByteBuf out) {
        encoder.integrity(key).fingerprint();
        return ByteBufUtil.getBytes(out);
    }

    /** The low octets of a number, most significant first. */
    private static byte[] octets(long number, int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) (number >> (8 * (count - 1 - i)));
        }
        return octets;
    }

    /** The message, or null for what is none: no Binding, no FINGERPRINT, or malformed. */
    static @Nullable StunMessage find(byte[] octets) {
        try {
            StunMessage message = StunMessage.decode(Unpooled.wrappedBuffer(octets));
            boolean binding = message.type().method().equals(StunMethod.BINDING);
            return binding && message.hasFingerprint() ? message : null;
        } catch (StunException e) {
            return null;
        }
    }

    /** The check that a request carries, or null when it lacks something or is not sealed with the key. */
    static @Nullable Check findCheck(StunMessage request, byte[] key) {
        try {
            Username username = request.find(Username.TYPE);
            byte[] priority = value(request, PRIORITY, 4);
            byte[] controlling = value(request, CONTROLLING, 8);
            byte[] tieBreaker = controlling == null ? value(request, CONTROLLED, 8) : controlling;
            if (username == null || priority == null || tieBreaker == null || !request.integrityIsRight(key)) {
                return null;
            }
            return new Check(
                    username.value(),
                    ByteBuffer.wrap(priority).getInt() & 0xFFFF_FFFFL,
                    controlling != null,
                    ByteBuffer.wrap(tieBreaker).getLong(),
                    value(request, USE_CANDIDATE, 0) != null);
        } catch (StunException e) {
            return null;
        }
    }

    /** The answer, or null when it is malformed or not sealed with the key. */
    static Check.@Nullable Answer findAnswer(StunMessage response, byte[] key) {
        try {
            if (!response.integrityIsRight(key)) {
                return null;
            }
            ErrorCode error = response.find(ErrorCode.TYPE);
            XorMappedAddress mapped = response.find(XorMappedAddress.TYPE);
            return new Check.Answer(error == null ? 0 : error.code(), mapped == null ? null : mapped.address());
        } catch (StunException e) {
            return null;
        }
    }

    private static byte @Nullable [] value(StunMessage message, int type, int length) {
        for (RawAttribute attribute : message.attributes()) {
            if (attribute.type() == type && attribute.value().length == length) {
                return attribute.value();
            }
        }
        return null;
    }
}
