package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.BOB;
import static org.pinhole.turn.request.Server.PEER;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.DontFragment;
import org.pinhole.stun.EvenPort;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.ReservationToken;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;

/** TCP allocations (RFC 6062 §5), but for their sockets. */
class TcpAllocationTest {
    private static final RequestedTransport TCP = new RequestedTransport(RequestedTransport.TCP);
    private static final InetSocketAddress REFUSED = new InetSocketAddress("10.0.0.1", 22);

    private final Server server = new Server();
    private final FakePath control = FakePath.tcp(40000);
    private final FakePath data = FakePath.tcp(40001);

    @Test
    @Tag("T-6")
    void aTcpAllocationIsAnsweredLikeAnyOther() {
        StunMessage answer = alice(control, StunMethod.ALLOCATE, TCP);

        assertThat(answer.require(XorRelayedAddress.TYPE).address())
                .isEqualTo(server.relays.lastTcp().address());
        assertThat(answer.require(Lifetime.TYPE).seconds()).isEqualTo(600);
        assertThat(server.relays.opened).as("no UDP relay").isEmpty();
    }

    @Test
    @Tag("T-21")
    void tcpOverAUdpControlConnectionOrWithAttributesOfDatagramsIs400() {
        assertThat(code(server.ask(StunMethod.ALLOCATE, TCP))).isEqualTo(400);
        assertThat(code(alice(control, StunMethod.ALLOCATE, TCP, new DontFragment())))
                .isEqualTo(400);
        assertThat(code(alice(control, StunMethod.ALLOCATE, TCP, new EvenPort(false))))
                .isEqualTo(400);
        assertThat(code(alice(control, StunMethod.ALLOCATE, TCP, new ReservationToken(new byte[8]))))
                .isEqualTo(400);
        assertThat(server.table.size()).isZero();
    }

    @Test
    @Tag("T-6")
    void connectIsAnsweredWhenThePeerHasAnswered() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        int before = control.answers.size();

        server.relays.lastTcp().succeed();

        assertThat(control.answers).hasSize(before + 1);
        assertThat(control.lastAnswer().type().kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(control.lastAnswer().find(ConnectionId.TYPE)).isNotNull();
    }

    @Test
    @Tag("T-6")
    void aPeerThatCannotBeReachedIs447AndMayBeTriedAgain() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);

        server.relays.lastTcp().fail();
        assertThat(code(control.lastAnswer())).isEqualTo(447);
        connect(PEER);
        server.relays.lastTcp().succeed();

        assertThat(code(control.lastAnswer())).isZero();
    }

    @Test
    @Tag("T-6")
    void aSecondConnectToAPeerIs446WhileConnectingPendingAndBound() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        assertThat(code(connectAnswered(PEER))).isEqualTo(446);

        server.relays.lastTcp().succeed();
        ConnectionId id = control.lastAnswer().require(ConnectionId.TYPE);
        assertThat(code(connectAnswered(PEER))).isEqualTo(446);

        bind(data, "alice", ALICE, id);
        assertThat(code(connectAnswered(PEER))).isEqualTo(446);
    }

    @Test
    @Tag("T-21")
    void connectObeysThePeerPolicyFamilyAndFormat() {
        alice(control, StunMethod.ALLOCATE, TCP);

        assertThat(code(connectAnswered(REFUSED))).isEqualTo(403);
        assertThat(code(connectAnswered(new InetSocketAddress(InetAddress.getLoopbackAddress(), 22))))
                .isEqualTo(403);
        assertThat(code(connectAnswered(new InetSocketAddress("2001:db8:9::9", 22))))
                .isEqualTo(443);
        assertThat(code(connectAnswered(new InetSocketAddress("203.0.113.9", 0))))
                .isEqualTo(400);
        assertThat(code(alice(control, StunMethod.CONNECT))).isEqualTo(400);
        assertThat(server.relays.lastTcp().connecting).isEmpty();
    }

    @Test
    @Tag("T-21")
    void connectWithoutAnAllocationIs437WithAnotherUsersCredentials441OnAUdpAllocation400() {
        assertThat(code(connectAnswered(PEER))).isEqualTo(437);

        alice(control, StunMethod.ALLOCATE, TCP);
        assertThat(code(ask(control, "bob", BOB, StunMethod.CONNECT, new XorPeerAddress(PEER))))
                .isEqualTo(441);
        assertThat(code(alice(control, StunMethod.CHANNEL_BIND, new ChannelNumber(0x4000), new XorPeerAddress(PEER))))
                .isEqualTo(400);

        server.allocate();
        assertThat(code(server.ask(StunMethod.CONNECT, new XorPeerAddress(PEER))))
                .isEqualTo(400);
    }

    @Test
    @Tag("T-6")
    void bytesPassAsTheyAreBehindAConnectionBind() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        EmbeddedChannel peer = server.relays.lastTcp().succeed();
        ConnectionId id = control.lastAnswer().require(ConnectionId.TYPE);

        StunMessage answer = bind(data, "alice", ALICE, id);
        run(peer);
        peer.writeInbound(text("from the peer"));
        data.data.writeInbound(text("from the client"));
        run(peer);

        assertThat(code(answer)).isZero();
        assertThat(read(data.data)).isEqualTo("from the peer");
        assertThat(read(peer)).isEqualTo("from the client");
        assertThat(server.table.traffic().toPeerBytes()).isEqualTo("from the client".length());
        assertThat(server.table.traffic().toClientBytes()).isEqualTo("from the peer".length());
    }

    /** coturn #495: what a peer says before the ConnectionBind was lost. */
    @Test
    @Tag("T-21")
    void whatAPeerSaysEarlyIsKeptForTheClient() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        EmbeddedChannel peer = server.relays.lastTcp().succeed();
        ConnectionId id = control.lastAnswer().require(ConnectionId.TYPE);

        assertThat(peer.config().isAutoRead())
                .as("nothing more is read than came")
                .isFalse();
        peer.writeInbound(text("220 early "));
        peer.writeInbound(text("bird"));
        bind(data, "alice", ALICE, id);
        run(peer);

        assertThat(read(data.data) + read(data.data)).isEqualTo("220 early bird");
    }

    @Test
    @Tag("T-21")
    void anInboundPeerIsAnnouncedWithAPermissionAndClosedWithout() {
        alice(control, StunMethod.ALLOCATE, TCP);

        EmbeddedChannel stranger = server.relays.lastTcp().accept(PEER);
        assertThat(stranger.isOpen()).isFalse();
        assertThat(server.pending.find(new ConnectionId(0))).isNull();

        alice(control, StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));
        EmbeddedChannel peer = server.relays.lastTcp().accept(PEER);

        StunMessage attempt = control.lastAnswer();
        assertThat(peer.isOpen()).isTrue();
        assertThat(attempt.type()).isEqualTo(StunMethod.CONNECTION_ATTEMPT.indication());
        assertThat(attempt.require(XorPeerAddress.TYPE).address()).isEqualTo(PEER);
        assertThat(code(bind(data, "alice", ALICE, attempt.require(ConnectionId.TYPE))))
                .isZero();
    }

    @Test
    @Tag("T-21")
    void aConnectionThatNobodyBindsWithinThirtySecondsIsClosed() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        EmbeddedChannel peer = server.relays.lastTcp().succeed();
        ConnectionId id = control.lastAnswer().require(ConnectionId.TYPE);

        server.advance(Duration.ofMillis(29_999));
        server.router.tick();
        assertThat(peer.isOpen()).isTrue();
        server.advance(Duration.ofMillis(1));
        server.router.tick();

        assertThat(peer.isOpen()).isFalse();
        assertThat(code(bind(data, "alice", ALICE, id))).isEqualTo(400);
    }

    @Test
    @Tag("T-21")
    void aConnectionIdIsRandomWorksOnceAndForItsUserOnly() {
        Set<Integer> ids = new HashSet<>();
        alice(control, StunMethod.ALLOCATE, TCP);
        ConnectionId id = null;
        for (int port = 1; port <= 5; port++) {
            connect(new InetSocketAddress("203.0.113.9", port));
            server.relays.lastTcp().succeed();
            id = control.lastAnswer().require(ConnectionId.TYPE);
            ids.add(id.value() >>> 8);
        }

        assertThat(ids).as("no counter").hasSize(5);
        assertThat(id).isNotNull();
        assertThat(code(bind(data, "bob", BOB, id))).isEqualTo(400);
        assertThat(code(bind(data, "alice", ALICE, new ConnectionId(id.value() + 1))))
                .isEqualTo(400);
        assertThat(code(bind(data, "alice", ALICE, id))).isZero();
        assertThat(code(bind(FakePath.tcp(40009), "alice", ALICE, id))).isEqualTo(400);
    }

    @Test
    @Tag("T-21")
    void connectionBindOverUdpOrOnTheControlConnectionOrWithoutAnIdIs400() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        server.relays.lastTcp().succeed();
        ConnectionId id = control.lastAnswer().require(ConnectionId.TYPE);

        assertThat(code(bind(server.client, "alice", ALICE, id))).isEqualTo(400);
        assertThat(code(bind(control, "alice", ALICE, id))).isEqualTo(400);
        assertThat(code(alice(data, StunMethod.CONNECTION_BIND))).isEqualTo(400);
        assertThat(code(bind(data, "alice", ALICE, id))).isZero();
    }

    @Test
    @Tag("T-21")
    void theNonceOfTheControlConnectionOpensItsDataConnections() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        server.relays.lastTcp().succeed();
        ConnectionId id = control.lastAnswer().require(ConnectionId.TYPE);

        ByteBuf request = server.signed(control, "alice", ALICE, StunMethod.CONNECTION_BIND, server.newId(), id);

        assertThat(code(server.ask(data, request))).isZero();
    }

    @Test
    @Tag("T-21")
    void theEndOfAnAllocationClosesItsConnections() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        EmbeddedChannel peer = server.relays.lastTcp().succeed();
        bind(data, "alice", ALICE, control.lastAnswer().require(ConnectionId.TYPE));
        run(peer);
        connect(new InetSocketAddress("203.0.113.10", 80));
        EmbeddedChannel pending = server.relays.lastTcp().succeed();

        alice(control, StunMethod.REFRESH, new Lifetime(0));
        run(peer);

        assertThat(peer.isOpen()).isFalse();
        assertThat(data.data.isOpen()).isFalse();
        assertThat(pending.isOpen()).isFalse();
        assertThat(server.relays.lastTcp().closed).isTrue();
    }

    /** A peer that drops what it is sent holds a descriptor of ours no longer than its allocation lasts. */
    @Test
    @Tag("T-21")
    void theEndOfAnAllocationAbandonsTheConnectionsItIsMaking() {
        alice(control, StunMethod.ALLOCATE, TCP);
        for (int port = 1; port <= 256; port++) {
            connect(new InetSocketAddress("203.0.113.9", port));
        }
        List<FakeRelays.Attempt> attempts = List.copyOf(server.relays.lastTcp().connecting);
        int before = control.answers.size();

        server.router.received(
                control, server.signed(control, "alice", ALICE, StunMethod.REFRESH, server.newId(), new Lifetime(0)));

        assertThat(attempts).hasSize(256).allMatch(attempt -> !attempt.channel().isOpen());
        assertThat(control.answers.subList(before, before + 256)).allMatch(answer -> code(answer) == 437);
        assertThat(code(control.lastAnswer())).as("the Refresh").isZero();
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        server.relays.lastTcp().succeed();
        assertThat(control.lastAnswer().find(ConnectionId.TYPE))
                .as("the quota is free")
                .isNotNull();
    }

    @Test
    @Tag("T-21")
    void aConnectThatFailsForAReasonOfOurOwnIs500AndHoldsNothing() {
        alice(control, StunMethod.ALLOCATE, TCP);
        server.relays.trouble = true;
        for (int i = 0; i < 300; i++) {
            assertThat(code(connectAnswered(PEER))).isEqualTo(500);
        }

        server.relays.trouble = false;
        connect(PEER);
        server.relays.lastTcp().succeed();

        assertThat(control.lastAnswer().find(ConnectionId.TYPE)).isNotNull();
    }

    /** What it is told is never dropped, so it would wait here without a bound. */
    @Test
    @Tag("T-21")
    void aClientThatDoesNotReadIsToldOfNoMorePeers() {
        alice(control, StunMethod.ALLOCATE, TCP);
        alice(control, StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));
        int answers = control.answers.size();
        control.writable = false;

        EmbeddedChannel peer = server.relays.lastTcp().accept(PEER);

        assertThat(peer.isOpen()).isFalse();
        assertThat(control.answers).hasSize(answers);
        control.writable = true;
        assertThat(server.relays.lastTcp().accept(PEER).isOpen()).isTrue();
    }

    @Test
    @Tag("T-21")
    void theEndOfOneSideIsTheEndOfTheOtherAndFreesTheirPlace() {
        alice(control, StunMethod.ALLOCATE, TCP);
        connect(PEER);
        EmbeddedChannel peer = server.relays.lastTcp().succeed();
        bind(data, "alice", ALICE, control.lastAnswer().require(ConnectionId.TYPE));
        run(peer);

        var unused = peer.close();
        run(peer);

        assertThat(data.data.isOpen()).isFalse();
        connect(PEER);
        server.relays.lastTcp().succeed();
        assertThat(code(control.lastAnswer())).isZero();
    }

    @Test
    @Tag("T-21")
    void anAllocationsConnectionsAreLimited() {
        alice(control, StunMethod.ALLOCATE, TCP);
        alice(control, StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));
        for (int port = 1; port <= 256; port++) {
            connect(new InetSocketAddress("203.0.113.9", port));
        }

        assertThat(code(connectAnswered(PEER))).isEqualTo(486);
        assertThat(server.relays.lastTcp().accept(PEER).isOpen()).isFalse();
    }

    private void connect(InetSocketAddress peer) {
        server.router.received(
                control,
                server.signed(control, "alice", ALICE, StunMethod.CONNECT, server.newId(), new XorPeerAddress(peer)));
    }

    private StunMessage connectAnswered(InetSocketAddress peer) {
        return alice(control, StunMethod.CONNECT, new XorPeerAddress(peer));
    }

    private StunMessage alice(FakePath path, StunMethod method, Attribute... attributes) {
        return ask(path, "alice", ALICE, method, attributes);
    }

    private StunMessage bind(FakePath path, String user, LongTermKeys keys, ConnectionId id) {
        return ask(path, user, keys, StunMethod.CONNECTION_BIND, id);
    }

    private StunMessage ask(FakePath path, String user, LongTermKeys keys, StunMethod method, Attribute... attributes) {
        return server.ask(path, server.signed(path, user, keys, method, server.newId(), attributes));
    }

    /** Runs what the ends posted to each other's event loop. */
    private void run(EmbeddedChannel peer) {
        for (int i = 0; i < 5; i++) {
            control.runPosted();
            peer.runPendingTasks();
            data.data.runPendingTasks();
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static String read(EmbeddedChannel channel) {
        ByteBuf next = channel.readOutbound();
        while (next != null && !next.isReadable()) {
            next.release();
            next = channel.readOutbound();
        }
        if (next == null) {
            return "";
        }
        String text = next.toString(StandardCharsets.UTF_8);
        next.release();
        return text;
    }
}
