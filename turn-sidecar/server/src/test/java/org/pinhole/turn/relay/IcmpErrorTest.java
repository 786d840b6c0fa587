package org.pinhole.turn.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.stun.Icmp;

/** What Linux writes of an ICMP error, in the order of the bytes of whatever machine runs this. */
@Tag("T-14")
class IcmpErrorTest {
    private static final int ICMP = 2;
    private static final int ICMP6 = 3;

    @ParameterizedTest
    @CsvSource({"3,1,0,0", "3,4,1400,1400", "3,3,77,0", "11,0,0,0"})
    void anIpv4ErrorNamesItsPeerAndTheNextMtuWhereThatIsWhatItIsAbout(int kind, int code, int info, int data) {
        IcmpError error = IcmpError.parse(ipv4(), control(0, 11, ICMP, kind, code, info));

        assertThat(error).isEqualTo(new IcmpError(peer("203.0.113.9"), new Icmp(kind, code, data)));
    }

    @ParameterizedTest
    @CsvSource({"1,4,0,0", "2,0,1280,1280", "3,0,9,0"})
    void anIpv6ErrorToo(int kind, int code, int info, int data) {
        IcmpError error = IcmpError.parse(ipv6(), control(41, 25, ICMP6, kind, code, info));

        assertThat(error).isEqualTo(new IcmpError(peer("2001:db8::9"), new Icmp(kind, code, data)));
    }

    @ParameterizedTest
    @CsvSource({"1,3,4", "2,12,0", "2,5,0", "3,4,0", "4,0,0"})
    void whatIsNoIcmpErrorOfRfc8656IsNotTold(int origin, int kind, int code) {
        assertThat(IcmpError.parse(ipv4(), control(0, 11, origin, kind, code, 0)))
                .isNull();
    }

    @Test
    void otherControlMessagesArePassedOverAndPiecesAreNothing() {
        ByteBuffer error = control(0, 11, ICMP, 3, 3, 0);
        ByteBuffer both = ByteBuffer.allocate(24 + error.remaining()).order(ByteOrder.nativeOrder());
        both.putLong(20).putInt(0).putInt(2).putInt(64).putInt(0).put(error).flip();

        assertThat(IcmpError.parse(ipv4(), both)).isNotNull();
        assertThat(IcmpError.parse(
                        ipv4(), both.duplicate().order(ByteOrder.nativeOrder()).limit(24)))
                .isNull();
        assertThat(IcmpError.parse(ByteBuffer.allocate(0), control(0, 11, ICMP, 3, 3, 0)))
                .isNull();
        assertThat(IcmpError.parse(ipv4(), ByteBuffer.allocate(64))).isNull();
    }

    private static InetSocketAddress peer(String address) {
        return new InetSocketAddress(IpLiteral.parse(address), 7001);
    }

    private static ByteBuffer ipv4() {
        return name(2, "").put(IpLiteral.parse("203.0.113.9").getAddress()).rewind();
    }

    private static ByteBuffer ipv6() {
        return name(10, "flow").put(IpLiteral.parse("2001:db8::9").getAddress()).rewind();
    }

    private static ByteBuffer name(int family, String flowInfo) {
        return ByteBuffer.allocate(28)
                .order(ByteOrder.nativeOrder())
                .putShort((short) family)
                .put((byte) (7001 >> 8))
                .put((byte) 7001)
                .put(new byte[flowInfo.length()]);
    }

    private static ByteBuffer control(int level, int type, int origin, int kind, int code, int info) {
        ByteBuffer control = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
        control.putLong(48).putInt(level).putInt(type);
        control.putInt(111).put((byte) origin).put((byte) kind).put((byte) code).put((byte) 0);
        return control.putInt(info).rewind();
    }
}
