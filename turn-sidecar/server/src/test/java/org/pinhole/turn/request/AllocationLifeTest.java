package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.BOB;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.AdditionalAddressFamily;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.DontFragment;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.MessageIntegrity;
import org.pinhole.stun.RawAttribute;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.UnknownAttributes;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** Allocate and Refresh (RFC 8656 §7.2, §8.2), and how allocations end. */
class AllocationLifeTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final Server server = new Server();

    @Test
    @Tag("T-16")
    void bindingTellsTheClientsAddressWithoutCredentials() {
        StunMessage answer = server.ask(server.client, server.plain(StunMethod.BINDING));

        assertThat(answer.require(XorMappedAddress.TYPE).address())
                .isEqualTo(new InetSocketAddress("198.51.100.7", 40000));
    }

    @Test
    @Tag("T-10")
    void allocateAnswersWithRelayLifetimeAndMappedAddress() {
        StunMessage answer = server.allocate();

        assertThat(answer.require(XorRelayedAddress.TYPE).address())
                .isEqualTo(server.relays.last().address());
        assertThat(answer.require(Lifetime.TYPE).seconds()).isEqualTo(600);
        assertThat(answer.require(XorMappedAddress.TYPE).address())
                .isEqualTo(new InetSocketAddress("198.51.100.7", 40000));
    }

    /** A user may hold three allocations here. */
    @Test
    @Tag("T-10")
    void anAllocateThatFailsForAReasonOfOurOwnIs500AndCostsNoQuota() {
        server.relays.trouble = true;
        for (int i = 0; i < 10; i++) {
            assertThat(code(server.allocate())).isEqualTo(500);
        }

        server.relays.trouble = false;

        assertThat(code(server.allocate())).isZero();
    }

    /** Two connections of one client address and port: what a proxy says, or a client that came back before we missed it. */
    @Test
    @Tag("T-10")
    void theEndOfAnotherConnectionOfTheSameFiveTupleEndsNothing() {
        FakePath first = FakePath.tcp(40001);
        FakePath second = FakePath.tcp(40001);
        server.ask(first, server.signed(first, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP));

        server.router.closed(second);
        assertThat(server.table.size()).isEqualTo(1);
        server.router.closed(first);

        assertThat(server.table.size()).isZero();
    }

    /** The same, while both are there: what the second sends is nobody's, and it is told so. */
    @Test
    @Tag("T-10")
    void anotherConnectionOfTheSameFiveTupleRelaysNothingForTheFirst() {
        FakePath first = FakePath.tcp(40001);
        FakePath second = FakePath.tcp(40001);
        server.ask(first, server.signed(first, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP));
        server.ask(
                first,
                server.signed(
                        first,
                        "alice",
                        ALICE,
                        StunMethod.CHANNEL_BIND,
                        server.newId(),
                        new ChannelNumber(0x4000),
                        new XorPeerAddress(Server.PEER)));

        server.router.received(second, channelData("forged"));
        assertThat(server.relays.sent).isEmpty();
        for (StunMethod method : List.of(StunMethod.REFRESH, StunMethod.ALLOCATE)) {
            assertThat(code(server.ask(second, server.signed(second, "alice", ALICE, method, server.newId(), UDP))))
                    .as("method %d", method.code())
                    .isEqualTo(437);
        }
        server.router.received(first, channelData("own"));

        assertThat(server.relays.sent).hasSize(1);
    }

    private static ByteBuf channelData(String data) {
        ByteBuf out = Unpooled.buffer();
        ChannelData.writeHeader(out, 0x4000, data.length());
        out.writeCharSequence(data, StandardCharsets.UTF_8);
        return out;
    }

    @Test
    @Tag("T-10")
    void aRetransmittedAllocateReplaysItsAnswerAndASecondOneIs437() {
        TransactionId id = server.newId();
        StunMessage first =
                server.ask(server.client, server.signed(server.client, "alice", ALICE, StunMethod.ALLOCATE, id, UDP));

        StunMessage again =
                server.ask(server.client, server.signed(server.client, "alice", ALICE, StunMethod.ALLOCATE, id, UDP));

        assertThat(again.attributes()).isEqualTo(first.attributes());
        assertThat(server.relays.opened).hasSize(1);
        assertThat(code(server.allocate())).isEqualTo(437);
    }

    @Test
    @Tag("T-10")
    void requestedTransportIsRequiredAndUdpOrTcp() {
        assertThat(code(server.ask(StunMethod.ALLOCATE))).isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, new RawAttribute(UDP.type(), new byte[3]))))
                .isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, new RequestedTransport(99))))
                .isEqualTo(442);
        assertThat(server.table.size()).isZero();
    }

    @Test
    @Tag("T-10")
    void dontFragmentThatCannotBeHonouredIs420AndNamed() {
        StunMessage answer = server.ask(StunMethod.ALLOCATE, UDP, new DontFragment());

        assertThat(code(answer)).isEqualTo(420);
        assertThat(answer.require(UnknownAttributes.TYPE).types()).containsExactly(DontFragment.TYPE.code());
    }

    @Test
    @Tag("T-10")
    void addressFamiliesThatAreNotThereOrNotAllowedTogether() {
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new RequestedAddressFamily(2))))
                .isEqualTo(440);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new RequestedAddressFamily(9))))
                .isEqualTo(440);
        assertThat(code(server.ask(
                        StunMethod.ALLOCATE, UDP, new RequestedAddressFamily(1), new AdditionalAddressFamily(2))))
                .isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new RequestedAddressFamily(1))))
                .isZero();
    }

    @Test
    @Tag("T-4")
    void aUsersQuotaIs486AndARelayRangeThatIsExhausted508() {
        for (int port = 41000; port < 41003; port++) {
            assertThat(code(allocate(new FakePath(TransportProtocol.UDP, port))))
                    .isZero();
        }
        assertThat(code(allocate(new FakePath(TransportProtocol.UDP, 41003)))).isEqualTo(486);

        server.relays.left = 0;
        FakePath bob = new FakePath(TransportProtocol.UDP, 41004);
        for (int i = 0; i < 5; i++) {
            server.relays.left = 0;
            assertThat(code(server.ask(bob, server.signed(bob, "bob", BOB, StunMethod.ALLOCATE, server.newId(), UDP))))
                    .isEqualTo(508);
        }
    }

    @Test
    @Tag("T-3")
    void lifetimesAreClampedBetweenDefaultAndMaximum() {
        assertThat(server.ask(StunMethod.ALLOCATE, UDP, new Lifetime(7200))
                        .require(Lifetime.TYPE)
                        .seconds())
                .isEqualTo(3600);
        assertThat(server.ask(StunMethod.REFRESH, new Lifetime(30))
                        .require(Lifetime.TYPE)
                        .seconds())
                .isEqualTo(600);
        assertThat(server.ask(StunMethod.REFRESH, new Lifetime(0xFFFFFFFFL))
                        .require(Lifetime.TYPE)
                        .seconds())
                .isEqualTo(3600);
    }

    @Test
    @Tag("T-3")
    void anAllocationEndsWhenItsTimeIsOver() {
        server.allocate();

        server.advance(Duration.ofSeconds(599));
        server.router.tick();
        assertThat(server.relays.last().closed).isFalse();
        server.advance(Duration.ofSeconds(1));
        server.router.tick();

        assertThat(server.relays.last().closed).isTrue();
        assertThat(code(server.ask(StunMethod.REFRESH))).isEqualTo(437);
        assertThat(code(server.allocate())).isZero();
    }

    @Test
    @Tag("T-3")
    void anExpiredAllocationIsNotUsedEvenBeforeItIsSweptAway() {
        server.allocate();
        server.advance(Duration.ofMinutes(10));

        assertThat(code(server.ask(StunMethod.REFRESH))).isEqualTo(437);
        assertThat(code(server.allocate())).isZero();
        assertThat(server.relays.opened).hasSize(2);
        assertThat(server.relays.opened.get(0).closed).isTrue();
    }

    @Test
    @Tag("T-11")
    void refreshToZeroEndsItAndASecondOneIs437() {
        server.allocate();

        assertThat(server.ask(StunMethod.REFRESH, new Lifetime(0))
                        .require(Lifetime.TYPE)
                        .seconds())
                .isZero();
        assertThat(server.relays.last().closed).isTrue();
        assertThat(code(server.ask(StunMethod.REFRESH, new Lifetime(0)))).isEqualTo(437);
    }

    @Test
    @Tag("T-11")
    void refreshOfAnotherFamilyIs443AndWithAnotherUsersCredentials441() {
        server.allocate();

        assertThat(code(server.ask(StunMethod.REFRESH, new RequestedAddressFamily(2))))
                .isEqualTo(443);
        ByteBuf bobs = server.signed(server.client, "bob", BOB, StunMethod.REFRESH, server.newId());
        assertThat(code(server.ask(server.client, bobs))).isEqualTo(441);
        assertThat(server.relays.last().closed).isFalse();
    }

    @Test
    @Tag("T-16")
    void anUnknownRequiredAttributeIs420AndNamedAndAnOptionalOneIsIgnored() {
        RawAttribute required = new RawAttribute(0x7FFF, new byte[4]);
        RawAttribute alsoRequired = new RawAttribute(0x0001 + 0x4000, new byte[0]);

        StunMessage refused = server.ask(StunMethod.ALLOCATE, UDP, required, alsoRequired);
        StunMessage binding = server.ask(server.client, server.plain(StunMethod.BINDING, required));

        assertThat(code(refused)).isEqualTo(420);
        assertThat(refused.require(UnknownAttributes.TYPE)).isEqualTo(new UnknownAttributes(List.of(0x7FFF, 0x4001)));
        assertThat(refused.has(MessageIntegrity.TYPE))
                .as("of one who proved who asks")
                .isTrue();
        assertThat(server.table.size()).isZero();
        assertThat(code(binding)).isEqualTo(420);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new RawAttribute(0xFFFE, new byte[4]))))
                .isZero();
    }

    @Test
    @Tag("T-16")
    @Tag("T-14")
    void anIndicationWithAnUnknownRequiredAttributeIsDropped() {
        server.allocate();
        server.permit(Server.PEER);

        server.sendIndication(Server.PEER, "not understood", new RawAttribute(0x7FFF, new byte[4]));
        server.sendIndication(Server.PEER, "understood", new RawAttribute(0xFFFE, new byte[4]));

        assertThat(server.relays.sent).containsExactly(new FakeRelays.Sent(Server.PEER, "understood"));
    }

    /** A UDP listener on all addresses closes its sockets of one that the machine has lost. */
    @Test
    @Tag("T-3")
    void anAllocationWhoseListenerIsGoneEnds() {
        server.allocate();
        server.router.tick();
        assertThat(server.table.size()).isOne();

        server.client.open = false;
        server.router.tick();

        assertThat(server.table.size()).isZero();
        assertThat(server.relays.last().closed).isTrue();
    }

    @Test
    @Tag("T-3")
    void theEndOfAConnectionEndsItsAllocationAndFreesItsQuota() {
        for (int i = 0; i < 10; i++) {
            FakePath connection = new FakePath(TransportProtocol.TLS, 42000 + i);
            assertThat(code(allocate(connection))).isZero();
            server.router.closed(connection);
        }

        assertThat(server.relays.opened).allMatch(relay -> relay.closed);
    }

    @Test
    void stoppingEndsEverything() {
        server.allocate();

        server.router.stop();

        assertThat(server.relays.last().closed).isTrue();
        assertThat(server.table.size()).isZero();
    }

    @Test
    void answersNobodyWaitsForUnknownMethodsAndGarbageAreNotAnswered() {
        List<String> garbage =
                List.of("", "00", "ffffffff", "16030100a5", "0001000021", "474554202f20485454502f312e31");
        for (String hex : garbage) {
            server.router.received(
                    server.client,
                    io.netty.buffer.Unpooled.wrappedBuffer(io.netty.buffer.ByteBufUtil.decodeHexDump(hex)));
        }
        server.router.received(server.client, server.plain(new org.pinhole.stun.StunMethod(0x0FF)));

        assertThat(server.client.answers).isEmpty();
    }

    private StunMessage allocate(FakePath path) {
        return server.ask(path, server.signed(path, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP));
    }
}
