package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.PEER;
import static org.pinhole.turn.request.Server.REALM;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.EvenPort;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.RawAttribute;
import org.pinhole.stun.Realm;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.Username;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.relay.IpLiteral;
import org.pinhole.turn.relay.OwnMachine;
import org.pinhole.turn.relay.PeerRules;
import org.pinhole.turn.relay.PortRange;

/** What broke other TURN servers, each as something that does not break this one. */
class VulnerabilitiesTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);
    private static final RequestedTransport TCP = new RequestedTransport(RequestedTransport.TCP);

    private static final String PERMITTED_IN_IPV6 = "20010db8000900000000000000000007";

    /** {@link Server#PEER} as an IPv6 address. */
    private static final String PERMITTED_MAPPED = "00000000000000000000ffff"
            + HexFormat.of().formatHex(PEER.getAddress().getAddress());

    private final Server server = new Server();

    /** CVE-2018-4058, CVE-2020-26262; by TCP too, which makes RFC 6062 a way to every TCP service of the host. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "10.0.0.1", "169.254.169.254", "255.255.255.255"})
    @Tag("T-22")
    void cve2018x4058AndCve2020x26262NoWayToLoopbackPrivateOrMetadataAddresses(String address) {
        XorPeerAddress peer = new XorPeerAddress(new InetSocketAddress(IpLiteral.parse(address), 6379));

        assertRefusedEverywhere(peer);
    }

    /** CVE-2026-27624, CVE-2020-26262, coturn #1945: an IPv6 peer that is an IPv4 one, as its bytes are on the wire. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000000000000000", // ::
                "00000000000000000000000000000001", // ::1
                "0000000000000000000000007f000001", // v4-compatible
                "0064ff9b0000000000000000a9fea9fe", // NAT64
                "0064ff9b00010000000000000a000001", // a local NAT64
                "20027f00000100000000000000000000", // 6to4
                "20010000000000000000000080fffffe", // Teredo
                "fe800000000000000000000000000001",
                "fec00000000000000000000000000001",
                "fd000000000000000000000000000001",
                "ff020000000000000000000000000001"
            })
    @Tag("T-22")
    void cve2026x27624NoWayAroundInIpv6(String hex) {
        server.relays.families.add(java.net.StandardProtocolFamily.INET6);
        FakePath six = FakePath.tcp(44000);
        six(six, UDP);

        assertThat(code(server.ask(six, raw(six, StunMethod.CREATE_PERMISSION, hex))))
                .isEqualTo(403);
        assertThat(code(server.ask(six, raw(six, StunMethod.CHANNEL_BIND, hex))))
                .isEqualTo(403);
        assertThat(code(server.ask(six, raw(six, StunMethod.CREATE_PERMISSION, PERMITTED_IN_IPV6))))
                .isZero();
        server.router.received(six, rawSend(PERMITTED_IN_IPV6, "what is permitted"));
        server.router.received(six, rawSend(hex, "in"));
        assertThat(server.relays.sent).extracting(FakeRelays.Sent::data).containsExactly("what is permitted");
        FakePath tcp = FakePath.tcp(44001);
        six(tcp, TCP);
        assertThat(code(server.ask(tcp, raw(tcp, StunMethod.CONNECT, hex)))).isEqualTo(403);
    }

    /** CVE-2026-27624: folded to IPv4, it is of the relay's family, and refused as what it is, each way there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000ffff7f000001", // 127.0.0.1
                "00000000000000000000ffff00000000", // 0.0.0.0
                "00000000000000000000ffff0a000001", // 10.0.0.1
                "00000000000000000000ffffa9fea9fe" // 169.254.169.254
            })
    @Tag("T-22")
    void cve2026x27624AMappedAddressIsTheOneThatItMaps(String hex) {
        FakePath client = server.client;
        server.allocate();

        assertThat(code(server.ask(client, raw(client, StunMethod.CREATE_PERMISSION, hex))))
                .isEqualTo(403);
        assertThat(code(server.ask(client, raw(client, StunMethod.CHANNEL_BIND, hex))))
                .isEqualTo(403);
        assertThat(code(server.ask(client, raw(client, StunMethod.CREATE_PERMISSION, PERMITTED_MAPPED))))
                .isZero();
        server.router.received(client, rawSend(PERMITTED_MAPPED, "what is permitted"));
        server.router.received(client, rawSend(hex, "in"));
        assertThat(server.relays.sent).extracting(FakeRelays.Sent::data).containsExactly("what is permitted");
        FakePath tcp = FakePath.tcp(44001);
        server.ask(tcp, server.signed(tcp, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), TCP));
        assertThat(code(server.ask(tcp, raw(tcp, StunMethod.CONNECT, hex)))).isEqualTo(403);
        assertThat(server.relays.lastTcp().connecting).isEmpty();
    }

    /** CVE-2018-4059: what guards the server's own doors must not be bypassed through its relays. */
    @Test
    @Tag("T-22")
    void cve2018x4059NoWayBackToTheServersOwnListeners() {
        InetSocketAddress listener = new InetSocketAddress("198.51.100.1", 3478);
        InetSocketAddress relayBeside = new InetSocketAddress("198.51.100.1", 50001);
        OwnMachine machine = new OwnMachine(Set.of(listener), Set.of(), PortRange.DYNAMIC);
        server.policy.set(new PeerRules(Server.ALLOWED, List.of(), machine));
        server.allocate();
        server.permit(listener);

        server.sendIndication(listener, "in");
        server.sendIndication(relayBeside, "to another client's relay");

        assertThat(code(server.bind(0x4000, listener))).isEqualTo(403);
        assertThat(server.relays.sent).containsExactly(new FakeRelays.Sent(relayBeside, "to another client's relay"));
        FakePath tcp = FakePath.tcp(44001);
        server.ask(tcp, server.signed(tcp, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), TCP));
        assertThat(code(server.ask(
                        tcp,
                        server.signed(
                                tcp,
                                "alice",
                                ALICE,
                                StunMethod.CONNECT,
                                server.newId(),
                                new XorPeerAddress(listener)))))
                .isEqualTo(403);
    }

    /** coturn 4.15.0 ab762f33: what nobody signed was honoured. */
    @Test
    @Tag("T-17")
    void coturnAb762f33AttributesBehindTheIntegrityAreIgnored() {
        server.allocate();
        ByteBuf request = server.signed(server.client, "alice", ALICE, StunMethod.CREATE_PERMISSION, server.newId());
        int end = request.writerIndex();
        TransactionId id = StunMessage.decode(request).transactionId();
        request.writeShort(0x0012).writeShort(8);
        new XorPeerAddress(PEER).writeValue(request, id);
        request.setShort(2, request.getUnsignedShort(2) + request.writerIndex() - end);

        assertThat(code(server.ask(server.client, request)))
                .as("there is no peer in what was signed")
                .isEqualTo(400);
    }

    /** CVE-2026-43994: the length of what is decrypted or hashed is checked before. */
    @ParameterizedTest
    @ValueSource(ints = {509, 763, 4096, 60_000})
    @Tag("T-18")
    void cve2026x43994ACredentialOfAnyLengthIsRefusedBeforeAnyCryptography(int bytes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.ALLOCATE.request(), server.newId())
                .add(UDP)
                .add(new RawAttribute(Username.TYPE.code(), new byte[bytes]))
                .add(new Realm(REALM))
                .add(new Nonce(server.nonce(server.client)))
                .integrity(new byte[16]);

        assertThat(code(server.ask(server.client, out))).isEqualTo(400);
    }

    /** GHSA-4g7c-p5wg-j4hp: a name is a name, not a format, a command or a line of a log. */
    @ParameterizedTest
    @ValueSource(
            strings = {"%n%n%s%x", "a'; DROP TABLE users; --", "a\r\nSET x y", "{}{}", "../../etc/passwd", "\u0000"})
    @Tag("T-17")
    void ghsa4g7cANameIsOnlyAName(String name) {
        LongTermKeys keys = LongTermKeys.of("alice", REALM, "wonderland");

        StunMessage answer = server.ask(
                server.client, server.signed(server.client, name, keys, StunMethod.ALLOCATE, server.newId(), UDP));

        assertThat(code(answer)).isEqualTo(401);
    }

    /** CVE-2018-4056: what a client says of a realm is compared and hashed, never asked of anything. */
    @ParameterizedTest
    @ValueSource(strings = {"' OR '1'='1", "pinhole.test'; --", "pinhole.test\u0000"})
    @Tag("T-17")
    void cve2018x4056ARealmIsOnlyARealm(String realm) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.ALLOCATE.request(), server.newId())
                .add(UDP)
                .add(new Username("alice"))
                .add(new Realm(realm))
                .add(new Nonce(server.nonce(server.client)))
                .integrity(LongTermKeys.of("alice", realm, "wonderland").require(PasswordAlgorithm.MD5));

        assertThat(code(server.ask(server.client, out))).isEqualTo(401);
    }

    /** CVE-2026-40613: a message, and the attributes in it, may begin at any address. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void cve2026x40613AMessageMayBeginAtAnyAddress(int offset) {
        ByteBuf aligned = server.signed(
                server.client, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP, new EvenPort(false));
        ByteBuf memory = Unpooled.directBuffer();
        memory.writeZero(offset).writeBytes(aligned).skipBytes(offset);

        assertThat(code(server.ask(server.client, memory))).isZero();

        memory.release();
    }

    /** coturn #1641, #780, #948: 18 KB per spoofed Allocate. Here there is nothing that could be kept. */
    @Test
    @Tag("T-18")
    void coturn1641AFloodOfSpoofedAllocatesLeavesNothingBehind() {
        for (int i = 0; i < 20_000; i++) {
            FakePath spoofed = new FakePath(TransportProtocol.UDP, 1024 + i % 60_000);
            server.router.received(spoofed, server.plain(StunMethod.ALLOCATE, UDP));
            assertThat(code(spoofed.lastAnswer())).isEqualTo(401);
        }

        assertThat(server.table.size()).isZero();
        assertThat(server.relays.opened).isEmpty();
        assertThat(server.pending.find(new org.pinhole.stun.ConnectionId(0))).isNull();
    }

    /** coturn #1588: an answer to a stranger is no lever, as the network counts, with headers of IP and UDP. */
    @ParameterizedTest
    @ValueSource(ints = {0x001, 0x003, 0x004, 0x008, 0x009, 0x00A, 0x00B})
    @Tag("T-18")
    void coturn1588NoAnswerToAStrangerIsThreeTimesItsRequest(int method) {
        ByteBuf request = server.plain(new StunMethod(method));
        int headers = 20 + 8;
        int asked = headers + request.readableBytes();

        server.router.received(server.client, request);

        assertThat(headers + server.client.answerBytes.get(0)).isLessThan(asked * 3);
    }

    private void assertRefusedEverywhere(XorPeerAddress peer) {
        server.allocate();
        assertThat(code(server.ask(StunMethod.CREATE_PERMISSION, peer))).isEqualTo(403);
        assertThat(code(server.ask(StunMethod.CHANNEL_BIND, new ChannelNumber(0x4000), peer)))
                .isEqualTo(403);
        server.permit(PEER);
        server.sendIndication(PEER, "what is permitted");
        server.sendIndication(peer.address(), "in");
        assertThat(server.relays.sent).containsExactly(new FakeRelays.Sent(PEER, "what is permitted"));
        FakePath tcp = FakePath.tcp(44001);
        server.ask(tcp, server.signed(tcp, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), TCP));
        assertThat(code(server.ask(tcp, server.signed(tcp, "alice", ALICE, StunMethod.CONNECT, server.newId(), peer))))
                .isEqualTo(403);
        assertThat(server.relays.lastTcp().connecting).isEmpty();
    }

    private void six(FakePath path, RequestedTransport transport) {
        StunMessage answer = server.ask(
                path,
                server.signed(
                        path,
                        "alice",
                        ALICE,
                        StunMethod.ALLOCATE,
                        server.newId(),
                        transport,
                        new RequestedAddressFamily(2)));
        assertThat(code(answer)).isZero();
    }

    /** A request about an IPv6 peer that no {@code InetAddress} has touched. */
    private ByteBuf raw(FakePath path, StunMethod method, String hex) {
        TransactionId id = server.newId();
        return server.signed(path, "alice", ALICE, method, id, new ChannelNumber(0x4000), rawPeer(hex, id));
    }

    /** The same as a Send indication. */
    private ByteBuf rawSend(String hex, String data) {
        TransactionId id = server.newId();
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.SEND.indication(), id)
                .add(rawPeer(hex, id))
                .add(new DataAttribute(Unpooled.copiedBuffer(data, StandardCharsets.UTF_8)));
        return out;
    }

    private static RawAttribute rawPeer(String hex, TransactionId id) {
        byte[] address = HexFormat.of().parseHex(hex);
        byte[] mask = ByteBuffer.allocate(16)
                .putInt(StunMessage.MAGIC_COOKIE)
                .putInt(id.high())
                .putLong(id.low())
                .array();
        ByteBuffer value = ByteBuffer.allocate(20).put((byte) 0).put((byte) 2).putShort((short) (80 ^ 0x2112));
        for (int i = 0; i < 16; i++) {
            value.put((byte) (address[i] ^ mask[i]));
        }
        return new RawAttribute(XorPeerAddress.TYPE.code(), value.array());
    }
}
