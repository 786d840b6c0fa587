package org.pinhole.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bytes of RFC 5769 §2, and of RFC 8489 Appendix B as far as they are right. */
class Rfc5769VectorsTest {
    private static final byte[] SHORT_TERM_KEY = "VOkJxbRl1RmTxUk/WvJxBt".getBytes(UTF_8);

    private static final String REQUEST = """
            000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff
            80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249
            c1b571a280280004e57a3bcf""";
    private static final String IPV4_RESPONSE = """
            0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643
            000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96""";
    private static final String IPV6_RESPONSE = """
            010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9fa
            a5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c""";
    private static final String LONG_TERM_REQUEST = """
            000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c
            662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f72670000080014
            f67024656dd64a3e02b8e0712e85c9a28ca89666""";
    private static final String MATRIX = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";

    @Test
    void section21SampleRequest() {
        StunMessage request = Wire.decode(REQUEST);

        assertThat(request.type()).isEqualTo(StunMethod.BINDING.request());
        assertThat(request.transactionId()).isEqualTo(Wire.ID);
        assertThat(request.require(Software.TYPE).value()).isEqualTo("STUN test client");
        assertThat(request.require(Username.TYPE).value()).isEqualTo("evtj:h6vY");
        assertThat(request.hasFingerprint()).isTrue();
        assertThat(request.integrityIsRight(SHORT_TERM_KEY)).isTrue();
        assertThat(request.integrityIsRight("another".getBytes(UTF_8))).isFalse();
    }

    @Test
    void section22SampleIpv4Response() {
        StunMessage response = Wire.decode(IPV4_RESPONSE);

        assertThat(response.type().kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(response.require(XorMappedAddress.TYPE).address())
                .isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(response.integrityIsRight(SHORT_TERM_KEY)).isTrue();
    }

    @Test
    void section23SampleIpv6Response() {
        StunMessage response = Wire.decode(IPV6_RESPONSE);

        assertThat(response.require(XorMappedAddress.TYPE).address())
                .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(response.integrityIsRight(SHORT_TERM_KEY)).isTrue();
    }

    @Test
    @Tag("T-2")
    void section24SampleRequestWithLongTermAuthentication() {
        StunMessage request = Wire.decode(LONG_TERM_REQUEST);
        LongTermKeys keys = LongTermKeys.of(MATRIX, "example.org", "TheMatrIX");

        assertThat(request.require(Username.TYPE).value()).isEqualTo(MATRIX);
        assertThat(request.require(Nonce.TYPE).value()).isEqualTo("f//499k954d6OL34oL9FSTvy64sA");
        assertThat(request.require(Realm.TYPE).value()).isEqualTo("example.org");
        assertThat(request.integrityIsRight(keys.require(PasswordAlgorithm.MD5)))
                .isTrue();
        assertThat(request.hasFingerprint()).isFalse();
    }

    @Test
    void section24IsWhatWeWriteToTheLastByte() {
        ByteBuf out = Unpooled.buffer();

        StunEncoder.start(
                        out,
                        StunMethod.BINDING.request(),
                        Wire.decode(LONG_TERM_REQUEST).transactionId())
                .add(new Username(MATRIX))
                .add(new Nonce("f//499k954d6OL34oL9FSTvy64sA"))
                .add(new Realm("example.org"))
                .integrity(LongTermKeys.of(MATRIX, "example.org", "TheMatrIX").require(PasswordAlgorithm.MD5));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(LONG_TERM_REQUEST.replaceAll("\\s", ""));
    }

    @Test
    void integrityAndFingerprintThatWeWriteAreRight() {
        ByteBuf out = Unpooled.buffer();

        StunEncoder.start(out, StunMethod.BINDING.request(), Wire.ID)
                .add(new Software("x"))
                .integrity(SHORT_TERM_KEY)
                .integritySha256(SHORT_TERM_KEY)
                .fingerprint();
        StunMessage read = StunMessage.decode(out);

        assertThat(read.integrityIsRight(SHORT_TERM_KEY)).isTrue();
        assertThat(read.integritySha256IsRight(SHORT_TERM_KEY)).isTrue();
        assertThat(read.hasFingerprint()).isTrue();
    }

    @Test
    void theUserHashOfRfc8489AppendixB1() {
        byte[] hash = UserHash.of(MATRIX, "example.org").value();

        assertThat(ByteBufUtil.hexDump(hash))
                .isEqualTo("4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704");
    }
}
