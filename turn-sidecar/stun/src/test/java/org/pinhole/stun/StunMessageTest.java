package org.pinhole.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StunMessageTest {
    private static final byte[] KEY = "key".getBytes(UTF_8);

    @Test
    void everyMethodAndClassSurvivesItsInterleaving() {
        for (int method = 0; method <= 0xFFF; method++) {
            for (StunClass kind : StunClass.values()) {
                MessageType type = new MessageType(new StunMethod(method), kind);

                assertThat(MessageType.of(type.bits())).isEqualTo(type);
                assertThat(type.bits()).isBetween(0, 0x3FFF);
            }
        }
    }

    @Test
    void anAllocateErrorIsTheBytesThatTheRegistrySays() {
        assertThat(StunMethod.ALLOCATE.request().error().bits()).isEqualTo(0x0113);
        assertThat(StunMethod.DATA.indication().bits()).isEqualTo(0x0017);
    }

    @Test
    @Tag("T-17")
    void whatFollowsTheIntegrityIsIgnored() {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.ALLOCATE.request(), Wire.ID)
                .add(new RequestedTransport(17))
                .integrity(KEY)
                .add(new Lifetime(0))
                .integritySha256(KEY)
                .add(new XorPeerAddress(new InetSocketAddress("192.0.2.7", 7)))
                .fingerprint();

        StunMessage message = StunMessage.decode(out);

        assertThat(message.has(RequestedTransport.TYPE)).isTrue();
        assertThat(message.has(Lifetime.TYPE)).isFalse();
        assertThat(message.has(XorPeerAddress.TYPE)).isFalse();
        assertThat(message.integrityIsRight(KEY)).isTrue();
        assertThat(message.integritySha256IsRight(KEY)).isTrue();
    }

    @Test
    @Tag("T-17")
    void aTruncatedSha256IntegrityIsRefused() {
        ByteBuf message = Wire.binding(new RawAttribute(MessageIntegritySha256.TYPE.code(), new byte[16]));

        assertRefused(() -> StunMessage.decode(message).integritySha256IsRight(KEY), 400, "16 bytes long");
    }

    @Test
    void aWrongFingerprintIsRefused() {
        ByteBuf message = Wire.binding(new Software("x"), new RawAttribute(0x8028, new byte[4]));

        assertRefused(() -> StunMessage.decode(message), 400, "FINGERPRINT");
    }

    @Test
    @Tag("T-16")
    void unknownRequiredAttributesAreNamedAndOptionalOnesAreNot() {
        StunMessage message = StunMessage.decode(Wire.binding(
                new Username("a"), new RawAttribute(0x7ABC, new byte[3]), new RawAttribute(0xC001, new byte[0])));

        assertThat(message.unknownRequired(Set.of(Username.TYPE.code()))).containsExactly(0x7ABC);
    }

    @Test
    @Tag("T-15")
    void paddingIsZeroWhateverTheBufferHeldBefore() {
        ByteBuf dirty = Unpooled.buffer(64).writeBytes(new byte[64]);
        ByteBufUtil.setShortBE(dirty, 0, 0);
        for (int i = 0; i < 64; i++) {
            dirty.setByte(i, 0xEE);
        }
        dirty.clear();

        StunEncoder.start(dirty, StunMethod.BINDING.request(), Wire.ID).add(new Software("a"));

        assertThat(ByteBufUtil.hexDump(dirty)).endsWith("8022000161000000");
    }

    @Test
    void aMessageWrittenBehindOtherBytesIsTheSameMessage() {
        ByteBuf out = Unpooled.buffer().writeInt(0xCAFE);
        StunEncoder.start(out, StunMethod.BINDING.request(), Wire.ID)
                .add(new Software("abc"))
                .integrity(KEY)
                .fingerprint();

        StunMessage message = StunMessage.decode(out.skipBytes(4));

        assertThat(message.integrityIsRight(KEY)).isTrue();
        assertThat(message.hasFingerprint()).isTrue();
    }

    @Test
    void brokenStructureIsRefused() {
        String id = "b7e7a701bc34d686fa87dfae";

        assertRefused(() -> Wire.decode(""), 400, "not STUN");
        assertRefused(() -> Wire.decode("00010000 2112a443" + id), 400, "magic cookie");
        assertRefused(() -> Wire.decode("40010000 2112a442" + id), 400, "not STUN");
        assertRefused(() -> Wire.decode("00010001 2112a442" + id + "00"), 400, "header says");
        assertRefused(() -> Wire.decode("00010004 2112a442" + id), 400, "header says 4 bytes, 0 came");
        assertRefused(() -> Wire.decode("00010004 2112a442" + id + "00060001"), 400, "ends behind");
    }

    @Test
    void moreAttributesThanAnyMessageHasAreRefused() {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, StunMethod.BINDING.request(), Wire.ID);
        for (int i = 0; i <= StunMessage.MAX_ATTRIBUTES; i++) {
            encoder.add(new DontFragment());
        }

        assertRefused(() -> StunMessage.decode(out), 400, "more than 64");
    }

    @Test
    void aValueIsReadOnlyWhenSomebodyAsks() {
        StunMessage message = StunMessage.decode(Wire.binding(new RawAttribute(Lifetime.TYPE.code(), new byte[3])));

        assertThat(message.has(Lifetime.TYPE)).isTrue();
        assertRefused(() -> message.find(Lifetime.TYPE), 400, "LIFETIME is 3 bytes long, expected 4");
    }

    @Test
    void everyAttributeComesBackAsItWent() {
        for (Attribute attribute : List.of(
                new MappedAddress(new InetSocketAddress("192.0.2.1", 1)),
                new XorMappedAddress(new InetSocketAddress("2001:db8::1", 65535)),
                new XorPeerAddress(new InetSocketAddress("192.0.2.2", 0)),
                new XorRelayedAddress(new InetSocketAddress("2001:db8::2", 443)),
                new AlternateServer(new InetSocketAddress("192.0.2.3", 3478)),
                new Username("alice"),
                new Realm("pinhole.test"),
                new Nonce("n"),
                new Software("s"),
                new UserHash(new byte[32]),
                new ReservationToken(new byte[8]),
                new Lifetime(0xFFFFFFFFL),
                new ChannelNumber(0x4FFF),
                new RequestedTransport(RequestedTransport.TCP),
                new RequestedAddressFamily(AddressFamily.IPV6),
                new AdditionalAddressFamily(AddressFamily.IPV6),
                new EvenPort(true),
                new DontFragment(),
                new ErrorCode(438, "Stale Nonce"),
                new UnknownAttributes(List.of(1, 0x7FFF)),
                PasswordAlgorithm.SHA_256,
                new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, PasswordAlgorithm.MD5)),
                new ConnectionId(-1))) {
            AttributeType<?> type = AttributeTypes.ALL.stream()
                    .filter(t -> t.code() == attribute.type())
                    .findFirst()
                    .orElseThrow();

            assertThat((Object) StunMessage.decode(Wire.binding(attribute)).require(type))
                    .isEqualTo(attribute);
        }
    }

    static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StunException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
