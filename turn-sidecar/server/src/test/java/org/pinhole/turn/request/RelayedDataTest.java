package org.pinhole.turn.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.PEER;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.request.FakeRelays.Sent;

/** Permissions, channels and what travels under them (RFC 8656 §9–§12). */
class RelayedDataTest {
    private static final InetSocketAddress OTHER_PORT = new InetSocketAddress("203.0.113.9", 7001);
    private static final InetSocketAddress OTHER_PEER = new InetSocketAddress("203.0.113.10", 7000);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 22);
    private static final InetSocketAddress IPV6_PEER = new InetSocketAddress("2001:4860:4860::8888", 53);

    private final Server server = new Server();

    @BeforeEach
    void allocate() {
        assertThat(code(server.allocate())).isZero();
    }

    @Test
    @Tag("T-12")
    void aPermissionIsForAnAddressAndAnyOfItsPorts() {
        server.permit(PEER);

        server.sendIndication(OTHER_PORT, "out");
        server.relays.last().receive(OTHER_PORT, "in");

        assertThat(server.relays.sent).containsExactly(new Sent(OTHER_PORT, "out"));
        StunMessage indication = StunMessage.decode(server.client.relayed.get(0));
        assertThat(indication.type()).isEqualTo(StunMethod.DATA.indication());
        assertThat(indication.require(XorPeerAddress.TYPE).address()).isEqualTo(OTHER_PORT);
        assertThat(indication.require(DataAttribute.TYPE).bytes().toString(UTF_8))
                .isEqualTo("in");
    }

    @Test
    @Tag("T-14")
    void withoutPermissionNothingTravelsEitherWay() {
        server.permit(PEER);

        server.sendIndication(OTHER_PEER, "out");
        server.relays.last().receive(OTHER_PEER, "in");

        assertThat(server.relays.sent).isEmpty();
        assertThat(server.client.relayed).isEmpty();
    }

    @Test
    @Tag("T-13")
    void aPermissionEndsAfter300SecondsAndDataDoesNotRefreshIt() {
        server.permit(PEER);

        server.advance(Duration.ofSeconds(299));
        server.sendIndication(PEER, "in time");
        server.relays.last().receive(PEER, "in time");
        server.advance(Duration.ofSeconds(1));
        server.sendIndication(PEER, "late");
        server.relays.last().receive(PEER, "late");

        assertThat(server.relays.sent).containsExactly(new Sent(PEER, "in time"));
        assertThat(server.client.relayed).hasSize(1);
    }

    @Test
    @Tag("T-12")
    void createPermissionWithoutPeerIs400() {
        assertThat(code(server.ask(StunMethod.CREATE_PERMISSION))).isEqualTo(400);
    }

    @Test
    @Tag("T-12")
    @Tag("T-19")
    void aPeerOfTheOtherFamilyIs443() {
        assertThat(code(server.permit(IPV6_PEER))).isEqualTo(443);
        assertThat(code(server.bind(0x4000, IPV6_PEER))).isEqualTo(443);
    }

    @Test
    @Tag("T-4")
    @Tag("T-22")
    void aRefusedPeerIs403ByPermissionAndByChannel() {
        assertThat(code(server.permit(LOOPBACK))).isEqualTo(403);
        assertThat(code(server.bind(0x4000, LOOPBACK))).isEqualTo(403);

        server.sendIndication(LOOPBACK, "x");
        server.channelData(0x4000, "x");

        assertThat(server.relays.sent).isEmpty();
    }

    @Test
    @Tag("T-12")
    void oneForbiddenPeerMeansNoneIsPermitted() {
        StunMessage answer =
                server.ask(StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER), new XorPeerAddress(LOOPBACK));
        server.sendIndication(PEER, "x");

        assertThat(code(answer)).isEqualTo(403);
        assertThat(server.relays.sent).isEmpty();
    }

    @Test
    @Tag("T-12")
    void permissionsWithoutEndAre508() {
        int code = 0;
        for (int i = 0; i < 2000 && code == 0; i++) {
            code = code(server.permit(someone(i)));
        }

        assertThat(code).isEqualTo(508);
    }

    @Test
    @Tag("T-13")
    void channelsWithoutEndAre508() {
        int bound = 0;
        int code = 0;
        while (bound < 2000 && code == 0) {
            code = code(server.bind(0x4000 + bound, someone(bound)));
            bound += code == 0 ? 1 : 0;
        }

        assertThat(code).isEqualTo(508);
        assertThat(code(server.bind(0x4000, someone(0))))
                .as("what is bound is refreshed")
                .isZero();
    }

    private static InetSocketAddress someone(int number) {
        return new InetSocketAddress("8.8.%d.%d".formatted(number / 250, number % 250), 1);
    }

    @Test
    @Tag("T-13")
    void aChannelCarriesDataBothWaysAndInstallsThePermission() {
        assertThat(code(server.bind(0x4001, PEER))).isZero();

        server.channelData(0x4001, "out");
        server.relays.last().receive(PEER, "in");
        server.relays.last().receive(OTHER_PORT, "permitted, no channel");

        assertThat(server.relays.sent).containsExactly(new Sent(PEER, "out"));
        assertThat(ByteBufUtil.hexDump(server.client.relayed.get(0))).isEqualTo("40010002" + "696e");
        assertThat(StunMessage.decode(server.client.relayed.get(1)).type()).isEqualTo(StunMethod.DATA.indication());
    }

    @Test
    @Tag("T-5")
    @Tag("T-15")
    void towardsAStreamChannelDataIsPaddedWithZeros() {
        FakePath stream = new FakePath(TransportProtocol.TCP, 43000);
        stream.buffers = dirtyMemory(12);
        server.ask(
                stream,
                server.signed(
                        stream,
                        "alice",
                        ALICE,
                        StunMethod.ALLOCATE,
                        server.newId(),
                        new RequestedTransport(RequestedTransport.UDP)));
        server.ask(
                stream,
                server.signed(
                        stream,
                        "alice",
                        ALICE,
                        StunMethod.CHANNEL_BIND,
                        server.newId(),
                        new ChannelNumber(0x4002),
                        new XorPeerAddress(PEER)));

        server.relays.last().receive(PEER, "12345");

        assertThat(ByteBufUtil.hexDump(stream.relayed.get(0))).isEqualTo("40020005" + "3132333435" + "000000");
    }

    /** CVE-2020-4067, coturn #1984: buffers that held what others were sent. */
    private static ByteBufAllocator dirtyMemory(int bytes) {
        PooledByteBufAllocator pool = new PooledByteBufAllocator(true);
        ByteBuf others = pool.ioBuffer(bytes);
        others.writeBytes("x".repeat(bytes).getBytes(UTF_8));
        others.release();
        ByteBuf again = pool.ioBuffer(bytes);
        assertThat(again.getByte(bytes - 1)).as("what the memory held before").isEqualTo((byte) 'x');
        again.release();
        return pool;
    }

    @Test
    @Tag("T-13")
    void oneNumberIsForOnePeerBothWays() {
        server.bind(0x4000, PEER);

        assertThat(code(server.bind(0x4000, OTHER_PORT))).isEqualTo(400);
        assertThat(code(server.bind(0x4001, PEER))).isEqualTo(400);
        assertThat(code(server.bind(0x4000, PEER))).isZero();
        assertThat(code(server.bind(0x4001, OTHER_PORT))).isZero();
    }

    @Test
    @Tag("T-13")
    void channelNumbersOutsideTheRangeAre400() {
        assertThat(code(server.bind(0x3FFF, PEER))).isEqualTo(400);
        assertThat(code(server.bind(0x5000, PEER))).isEqualTo(400);
        assertThat(code(server.ask(StunMethod.CHANNEL_BIND, new ChannelNumber(0x4000))))
                .isEqualTo(400);
        assertThat(code(server.ask(StunMethod.CHANNEL_BIND, new XorPeerAddress(PEER))))
                .isEqualTo(400);
        assertThat(code(server.bind(0x4FFF, PEER))).isZero();
    }

    @Test
    @Tag("T-13")
    void aChannelEndsAfter600SecondsAndItsPermissionAfter300() {
        server.bind(0x4000, PEER);

        server.advance(Duration.ofSeconds(301));
        server.channelData(0x4000, "no permission");
        server.permit(PEER);
        server.channelData(0x4000, "again");
        server.ask(StunMethod.REFRESH);
        server.advance(Duration.ofSeconds(299));
        server.permit(PEER);
        server.channelData(0x4000, "no channel");

        assertThat(server.relays.sent).containsExactly(new Sent(PEER, "again"));
        assertThat(code(server.bind(0x4005, PEER))).isZero();
    }

    @Test
    @Tag("T-15")
    void channelDataLongerThanItsDatagramIsDroppedAndAnEmptyOneIsAnEmptyDatagram() {
        server.bind(0x4000, PEER);

        server.router.received(server.client, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("40000005" + "3132")));
        server.router.received(server.client, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("40000000")));

        assertThat(server.relays.sent).containsExactly(new Sent(PEER, ""));
    }

    @Test
    @Tag("T-14")
    void malformedIndicationsAreDroppedWithoutAnAnswer() {
        server.permit(PEER);
        int answers = server.client.answers.size();
        var empty = Unpooled.buffer();
        org.pinhole.stun.StunEncoder.start(empty, StunMethod.SEND.indication(), server.newId())
                .add(new XorPeerAddress(PEER));
        var dontFragment = Unpooled.buffer();
        org.pinhole.stun.StunEncoder.start(dontFragment, StunMethod.SEND.indication(), server.newId())
                .add(new XorPeerAddress(PEER))
                .add(new org.pinhole.stun.DontFragment())
                .add(new DataAttribute(Unpooled.EMPTY_BUFFER));

        server.router.received(server.client, empty);
        server.router.received(server.client, dontFragment);
        server.sendIndication(new InetSocketAddress("203.0.113.9", 0), "port 0");

        assertThat(server.relays.sent).isEmpty();
        assertThat(server.client.answers).hasSize(answers);
    }

    @Test
    void requestsAboutAnAllocationThatIsNotThereAre437() {
        server.router.stop();

        assertThat(code(server.permit(PEER))).isEqualTo(437);
        assertThat(code(server.bind(0x4000, PEER))).isEqualTo(437);
    }
}
