package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.BOB;
import static org.pinhole.turn.request.Server.PEER;
import static org.pinhole.turn.request.Server.code;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.AdditionalAddressFamily;
import org.pinhole.stun.AddressErrorCode;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.AlternateDomain;
import org.pinhole.stun.AlternateServer;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.DontFragment;
import org.pinhole.stun.EvenPort;
import org.pinhole.stun.Icmp;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.ReservationToken;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.request.FakeRelays.Sent;

/** What an Allocate may ask for beside a relay (RFC 8656 §7.2). */
class AllocateFeaturesTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);
    private static final AdditionalAddressFamily BOTH = new AdditionalAddressFamily(AddressFamily.IPV6);
    private static final InetSocketAddress PEER6 = new InetSocketAddress("2001:db8:9::9", 7000);

    private final Server server = new Server();

    @Test
    @Tag("T-10")
    void evenPortIsHonoured() {
        StunMessage even = server.ask(StunMethod.ALLOCATE, UDP, new EvenPort(false));

        assertThat(relayed(even)).singleElement().matches(address -> address.getPort() % 2 == 0);
        assertThat(even.has(ReservationToken.TYPE)).isFalse();
    }

    @Test
    @Tag("T-10")
    void evenPortWithReservationKeepsTheNextPortForWhoBringsItsToken() {
        StunMessage even = server.ask(StunMethod.ALLOCATE, UDP, new EvenPort(true));
        ReservationToken token = even.require(ReservationToken.TYPE);
        FakePath second = FakePath.tcp(41001);

        StunMessage next = allocate(second, "alice", ALICE, UDP, token);

        assertThat(relayed(next).get(0).getPort())
                .isEqualTo(relayed(even).get(0).getPort() + 1);
        assertThat(code(allocate(FakePath.tcp(41002), "alice", ALICE, UDP, token)))
                .as("a token works once")
                .isEqualTo(508);
    }

    @Test
    @Tag("T-10")
    void aReservationIsHeldForThirtySecondsAndThenGivenBack() {
        ReservationToken token =
                server.ask(StunMethod.ALLOCATE, UDP, new EvenPort(true)).require(ReservationToken.TYPE);

        server.advance(Duration.ofMillis(29_999));
        server.router.tick();
        assertThat(server.relays.released).isEmpty();
        server.advance(Duration.ofMillis(1));
        server.router.tick();

        assertThat(server.relays.released).hasSize(1);
        assertThat(code(allocate(FakePath.tcp(41001), "alice", ALICE, UDP, token)))
                .isEqualTo(508);
    }

    @Test
    @Tag("T-10")
    void aReservationIsItsUsersAlone() {
        ReservationToken token =
                server.ask(StunMethod.ALLOCATE, UDP, new EvenPort(true)).require(ReservationToken.TYPE);

        assertThat(code(allocate(FakePath.tcp(41001), "bob", BOB, UDP, token))).isEqualTo(508);
        assertThat(code(allocate(FakePath.tcp(41002), "alice", ALICE, UDP, token)))
                .isZero();
    }

    /** A user may hold three allocations here. */
    @Test
    @Tag("T-10")
    void aReservationCountsAsAnAllocationUntilItIsTakenOrGivenBack() {
        ReservationToken token =
                server.ask(StunMethod.ALLOCATE, UDP, new EvenPort(true)).require(ReservationToken.TYPE);

        assertThat(code(allocate(FakePath.tcp(41001), "alice", ALICE, UDP, new EvenPort(true))))
                .as("two more are too many")
                .isEqualTo(486);
        assertThat(code(allocate(FakePath.tcp(41002), "alice", ALICE, UDP))).isZero();
        assertThat(code(allocate(FakePath.tcp(41003), "alice", ALICE, UDP))).isEqualTo(486);
        assertThat(code(allocate(FakePath.tcp(41004), "alice", ALICE, UDP, token)))
                .as("takes the place that was kept for it")
                .isZero();
        server.router.closed(server.client);
        server.ask(StunMethod.ALLOCATE, UDP);
        assertThat(code(allocate(FakePath.tcp(41005), "alice", ALICE, UDP))).isEqualTo(486);
    }

    @Test
    @Tag("T-10")
    void aReservationThatNobodyCameForCountsNoMore() {
        server.ask(StunMethod.ALLOCATE, UDP, new EvenPort(true));
        assertThat(code(allocate(FakePath.tcp(41001), "alice", ALICE, UDP))).isZero();

        server.advance(Duration.ofSeconds(30));
        server.router.tick();

        assertThat(code(allocate(FakePath.tcp(41002), "alice", ALICE, UDP))).isZero();
    }

    @Test
    @Tag("T-10")
    void unknownTokensAre508AndForbiddenCombinations400() {
        ReservationToken token = new ReservationToken(new byte[8]);

        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, token))).isEqualTo(508);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, token, new EvenPort(false))))
                .isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, token, new RequestedAddressFamily(1))))
                .isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, token, BOTH))).isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new EvenPort(true), BOTH)))
                .isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new RequestedAddressFamily(1), BOTH)))
                .isEqualTo(400);
        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new AdditionalAddressFamily(1))))
                .isEqualTo(400);
        assertThat(server.table.size()).isZero();
    }

    @Test
    @Tag("T-10")
    void aRetransmissionIsToldItsReservationTokenAgain() {
        TransactionId id = server.newId();
        StunMessage first = server.ask(
                server.client,
                server.signed(server.client, "alice", ALICE, StunMethod.ALLOCATE, id, UDP, new EvenPort(true)));

        StunMessage again = server.ask(
                server.client,
                server.signed(server.client, "alice", ALICE, StunMethod.ALLOCATE, id, UDP, new EvenPort(true)));

        assertThat(again.require(ReservationToken.TYPE)).isEqualTo(first.require(ReservationToken.TYPE));
    }

    @Test
    @Tag("T-19")
    void anIpv4ClientMayHaveAnIpv6Relay() {
        server.relays.families.add(StandardProtocolFamily.INET6);

        StunMessage answer = server.ask(StunMethod.ALLOCATE, UDP, new RequestedAddressFamily(AddressFamily.IPV6));

        assertThat(relayed(answer))
                .singleElement()
                .matches(address -> AddressFamily.of(address.getAddress()) == AddressFamily.IPV6);
        assertThat(code(server.permit(PEER))).isEqualTo(443);
        assertThat(code(server.ask(StunMethod.REFRESH, new RequestedAddressFamily(AddressFamily.IPV4))))
                .isEqualTo(443);
        assertThat(code(server.ask(StunMethod.REFRESH, new RequestedAddressFamily(AddressFamily.IPV6))))
                .isZero();
    }

    /** A jumbo datagram of IPv6 may carry more than a STUN message, or the length of ChannelData, has room for. */
    @Test
    @Tag("T-14")
    void dataTooLargeForAnIndicationIsDroppedAndCountedAndHoldsNoMemory() {
        InetSocketAddress peer = new InetSocketAddress("2001:db8:9::9", 7000);
        server.relays.families.add(StandardProtocolFamily.INET6);
        server.ask(StunMethod.ALLOCATE, UDP, new RequestedAddressFamily(AddressFamily.IPV6));
        server.permit(peer);
        long held = server.client.heldBytes();

        for (int bytes = 65_505; bytes <= 65_527; bytes++) {
            server.relays.last().receive(peer, "x".repeat(bytes));
        }

        assertThat(server.client.relayed).isEmpty();
        assertThat(server.client.heldBytes()).isEqualTo(held);
        assertThat(server.table.traffic().droppedPackets()).isEqualTo(23);
        server.relays.last().receive(peer, "x".repeat(65_504));
        assertThat(server.client.relayed).hasSize(1);
        server.bind(0x4000, peer);
        server.relays.last().receive(peer, "x".repeat(65_527));
        assertThat(server.client.relayed).as("ChannelData has room").hasSize(2);
    }

    @Test
    @Tag("T-10")
    void aDualAllocationRelaysToPeersOfBothFamilies() {
        server.relays.families.add(StandardProtocolFamily.INET6);

        StunMessage answer = server.ask(StunMethod.ALLOCATE, UDP, BOTH);

        assertThat(relayed(answer)).hasSize(2);
        assertThat(answer.has(AddressErrorCode.TYPE)).isFalse();
        assertThat(code(server.ask(StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER), new XorPeerAddress(PEER6))))
                .isZero();
        server.sendIndication(PEER, "four");
        server.sendIndication(PEER6, "six");
        assertThat(server.relays.sent).containsExactly(new Sent(PEER, "four"), new Sent(PEER6, "six"));
        assertThat(code(server.ask(StunMethod.REFRESH, new RequestedAddressFamily(AddressFamily.IPV6))))
                .isZero();
        server.router.stop();
        assertThat(server.relays.opened).hasSize(2).allMatch(relay -> relay.closed);
    }

    @Test
    @Tag("T-10")
    void aDualAllocationThatGetsOneFamilySaysWhyNotTheOther() {
        AddressErrorCode why = server.ask(StunMethod.ALLOCATE, UDP, BOTH).require(AddressErrorCode.TYPE);

        assertThat(why).isEqualTo(new AddressErrorCode(AddressFamily.IPV6, 440));
        assertThat(code(server.permit(PEER6))).isEqualTo(443);
    }

    @Test
    @Tag("T-10")
    void aDualAllocationThatGetsNeitherFamilyIs508AndCostsNoQuota() {
        server.relays.families.clear();
        for (int i = 0; i < 5; i++) {
            assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, BOTH))).isEqualTo(508);
        }
        server.relays.families.add(StandardProtocolFamily.INET);

        assertThat(code(server.allocate())).isZero();
    }

    @Test
    @Tag("T-14")
    void dontFragmentIsHonouredPerDatagramWhereTheSocketCan() {
        server.relays.canForbidFragments = true;

        assertThat(code(server.ask(StunMethod.ALLOCATE, UDP, new DontFragment())))
                .isZero();
        server.permit(PEER);
        server.sendIndication(PEER, "whole", new DontFragment());
        server.sendIndication(PEER, "any");

        assertThat(server.relays.sent).containsExactly(new Sent(PEER, "whole", true), new Sent(PEER, "any", false));
    }

    @Test
    @Tag("T-14")
    void dontFragmentIsDroppedWithItsIndicationWhereTheSocketCannot() {
        server.allocate();
        server.permit(PEER);

        server.sendIndication(PEER, "whole", new DontFragment());

        assertThat(server.relays.sent).isEmpty();
    }

    @Test
    @Tag("T-14")
    void anUnreachablePeerIsToldToTheClientInIcmpsWordsIfItMayReachIt() {
        server.allocate();
        server.relays.last().undeliverable(PEER, new Icmp(3, 3, 0));
        assertThat(server.client.relayed).isEmpty();
        server.permit(PEER);

        server.relays.last().undeliverable(PEER, new Icmp(3, 3, 0));
        server.relays.last().undeliverable(PEER, new Icmp(3, 3, 0));

        assertThat(server.client.relayed).as("told, and not for every datagram").hasSize(1);
        StunMessage told = StunMessage.decode(server.client.relayed.get(0));
        assertThat(told.require(Icmp.TYPE)).isEqualTo(new Icmp(3, 3, 0));
        assertThat(told.require(XorPeerAddress.TYPE).address()).isEqualTo(PEER);
    }

    @Test
    @Tag("T-20")
    void aServerThatIsDrainedSendsNewClientsElsewhereAndServesItsOwn() {
        server.allocate();
        server.admission = new Admission.Redirected(new InetSocketAddress("192.0.2.99", 3478), "turn2.example.com");

        StunMessage answer = allocate(FakePath.tcp(41001), "bob", BOB, UDP);

        assertThat(code(answer)).isEqualTo(300);
        assertThat(answer.require(AlternateServer.TYPE).address()).isEqualTo(new InetSocketAddress("192.0.2.99", 3478));
        assertThat(answer.require(AlternateDomain.TYPE).value()).isEqualTo("turn2.example.com");
        assertThat(answer.integrityIsRight(BOB.require(org.pinhole.stun.PasswordAlgorithm.MD5)))
                .as("nobody else can redirect a client")
                .isTrue();
        assertThat(code(server.ask(StunMethod.REFRESH))).isZero();
    }

    @Test
    @Tag("T-20")
    void noClientIsSentToTheOtherAddressFamilyAndARefusalIs508() {
        server.admission = new Admission.Redirected(new InetSocketAddress("2001:db8::99", 3478), null);
        assertThat(code(server.allocate())).isEqualTo(508);

        server.admission = new Admission.Refused();
        assertThat(code(server.allocate())).isEqualTo(508);
        assertThat(server.table.size()).isZero();
    }

    @Test
    @Tag("T-18")
    void aSourceBeyondItsLimitGetsNoUnauthenticatedAnswerButAuthenticatedOnes() {
        server.allocate();
        io.netty.buffer.ByteBuf refresh =
                server.signed(server.client, "alice", ALICE, StunMethod.REFRESH, server.newId());
        server.client.answers.clear();
        server.answersAllowed = false;

        server.router.received(server.client, server.plain(StunMethod.BINDING));
        server.router.received(server.client, server.plain(StunMethod.ALLOCATE, UDP));
        assertThat(server.client.answers).isEmpty();

        server.router.received(server.client, refresh);
        assertThat(server.client.answers).hasSize(1);
        assertThat(server.outcomes).endsWith("1 unanswered", "3 unanswered", "4 success");
    }

    private StunMessage allocate(FakePath path, String user, LongTermKeys keys, Attribute... attributes) {
        return server.ask(path, server.signed(path, user, keys, StunMethod.ALLOCATE, server.newId(), attributes));
    }

    private static List<InetSocketAddress> relayed(StunMessage answer) {
        return answer.all(XorRelayedAddress.TYPE).stream()
                .map(XorRelayedAddress::address)
                .toList();
    }
}
