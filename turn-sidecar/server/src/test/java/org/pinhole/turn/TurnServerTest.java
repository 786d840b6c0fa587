package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.epoll.Epoll;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.RawAttribute;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.UnknownAttributes;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.QuotaLimits;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.auth.StaticUsers;
import org.pinhole.turn.relay.Cidr;
import org.pinhole.turn.relay.PortRange;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.tls.Identity;
import org.pinhole.turn.transport.Io;
import org.pinhole.turn.transport.Listen;

/** The server on real sockets, on loopback. */
class TurnServerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);
    private static final PortRange PORTS = new PortRange(52000, 52999);

    private static final int[] PACKETS = {160, 1, 1203};
    private static final int[] PACKETS_AND_AN_EMPTY_ONE = {160, 1, 0, 1203};

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    @Tag("T-5")
    void dataTravelsOnAChannelOverUdp() throws Exception {
        TurnServer server = server(Io.best(2), PORTS);

        relayThere(PACKETS_AND_AN_EMPTY_ONE, udp(server));
    }

    @Test
    @Tag("T-1")
    @Tag("T-5")
    void dataTravelsOnAChannelOverTcp() throws Exception {
        TurnServer server = server(Io.best(2), PORTS);

        relayThere(PACKETS_AND_AN_EMPTY_ONE, tcp(server));
    }

    @Test
    @Tag("T-1")
    @Tag("T-7")
    void dataTravelsOnAChannelOverTls() throws Exception {
        TurnServer server = server(Io.best(2), PORTS);

        relayThere(PACKETS_AND_AN_EMPTY_ONE, tls(server));
    }

    @Test
    void theFallbackWithoutNativeTransportServesTheSame() throws Exception {
        TurnServer server = server(Io.nio(2), PORTS);

        relayThere(PACKETS, udp(server));
        relayThere(PACKETS, tcp(server));
        relayThere(PACKETS, tls(server));
    }

    /** Each has a socket of its own there, and the kernel spreads clients over them. */
    @Test
    void manyClientsOfOneUdpPortAreServedByAllEventLoops() throws Exception {
        assumeThat(Epoll.isAvailable()).isTrue();
        TurnServer server = server(Io.best(2), PORTS);

        for (int i = 0; i < 64; i++) {
            TestClient client = udp(server);
            assertThat(client.binding().require(XorMappedAddress.TYPE).address().getAddress())
                    .isEqualTo(LOOPBACK);
            assertThat(allocate(client).type().kind()).isEqualTo(StunClass.SUCCESS);
        }

        assertThat(server.loopStates())
                .hasSize(2)
                .allSatisfy(loop -> assertThat(loop.allocations()).isPositive());
    }

    /** RFC 6056: who knows some relays knows nothing of the next one. */
    @Test
    @Tag("T-24")
    void theRelayPortsOfAServerFollowNoPattern() throws Exception {
        TurnServer server = server(Io.best(2), PORTS);
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ports.add(allocate(udp(server))
                    .require(XorRelayedAddress.TYPE)
                    .address()
                    .getPort());
        }

        Set<Integer> steps = new HashSet<>();
        for (int i = 1; i < ports.size(); i++) {
            steps.add(ports.get(i) - ports.get(i - 1));
        }

        assertThat(ports).allMatch(port -> port >= 52000 && port <= 52999);
        assertThat(steps).hasSizeGreaterThan(20);
    }

    @Test
    @Tag("T-16")
    void anUnknownRequiredAttributeIs420OverEveryTransport() throws Exception {
        TurnServer server = server(Io.best(2), PORTS);
        RawAttribute unknown = new RawAttribute(0x7FFF, new byte[3]);

        for (TestClient client : List.of(udp(server), tcp(server), tls(server))) {
            StunMessage answer = client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP, unknown);

            assertThat(answer.require(ErrorCode.TYPE).code()).isEqualTo(420);
            assertThat(answer.require(UnknownAttributes.TYPE)).isEqualTo(new UnknownAttributes(List.of(0x7FFF)));
            assertThat(allocate(client).type().kind()).isEqualTo(StunClass.SUCCESS);
        }
    }

    @Test
    @Tag("T-4")
    void anExhaustedRangeIs508UntilAPortIsFreeAgain() throws Exception {
        int only = LowPorts.free();
        TurnServer server = server(Io.best(1), new PortRange(only, only));
        TestClient first = tcp(server);
        TestClient second = tcp(server);

        assertThat(allocate(first).type().kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(allocate(second).require(ErrorCode.TYPE).code()).isEqualTo(508);
        assertThat(first.ask("alice", "wonderland", StunMethod.REFRESH, new org.pinhole.stun.Lifetime(0))
                        .type()
                        .kind())
                .isEqualTo(StunClass.SUCCESS);
        assertThat(allocate(second).type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    @Test
    @Tag("T-22")
    void loopbackIsRefusedButForThePeerThatIsAllowedByName() throws Exception {
        TestClient client = udp(server(Io.best(1), PORTS));
        allocate(client);

        StunMessage refused = client.ask(
                "alice",
                "wonderland",
                StunMethod.CREATE_PERMISSION,
                new XorPeerAddress(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 3}), 9)));
        StunMessage permitted = client.ask(
                "alice",
                "wonderland",
                StunMethod.CREATE_PERMISSION,
                new XorPeerAddress(new InetSocketAddress(LOOPBACK, 9)));

        assertThat(refused.require(ErrorCode.TYPE).code()).isEqualTo(403);
        assertThat(permitted.type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    @Test
    void garbageOnAStreamClosesItAndTheServerGoesOn() throws Exception {
        TurnServer server = server(Io.best(1), PORTS);
        byte[] garbage = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8);
        byte[] notStun = {0x16, 3, 1, 0, (byte) 0xA5, 1, 0, 0, 1};

        for (TestClient client : List.of(tcp(server), tls(server))) {
            client.raw(notStun);
            assertThatThrownBy(client::receive).isInstanceOfAny(EOFException.class, SocketException.class);
        }
        TestClient plainOnTls = TestClient.stream(SocketFactory.getDefault(), address(server, TransportProtocol.TLS));
        open.add(plainOnTls);
        plainOnTls.raw(garbage);

        assertThat(tcp(server).binding().type().kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(tls(server).binding().type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    @Test
    void garbageOnUdpIsNotAnsweredAndTheServerGoesOn() throws Exception {
        TestClient client = udp(server(Io.best(1), PORTS));

        client.raw(new byte[0]);
        client.raw(new byte[] {0});
        client.raw("INVITE sip:bob@example.com SIP/2.0\r\n\r\n".getBytes(UTF_8));
        client.raw(new byte[60_000]);

        assertThat(client.binding().type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    @Test
    void aTakenPortIsSaidWithItsOptionAndNothingStaysBound() throws Exception {
        TurnServer first = server(Io.best(2), PORTS);
        for (TransportProtocol transport : List.of(TransportProtocol.UDP, TransportProtocol.TCP)) {
            InetSocketAddress taken = address(first, transport);
            InetSocketAddress free = new InetSocketAddress(LOOPBACK, LowPorts.free());
            TurnSettings settings =
                    settings(List.of(new Listen(TransportProtocol.UDP, free), new Listen(transport, taken)), PORTS);

            assertThatThrownBy(() -> TurnServer.start(settings, InstantSource.system()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("--%s-listen 127.0.0.1:%d".formatted(transport, taken.getPort()))
                    .hasMessageContaining("port is taken");
            requireFree(free);
        }
    }

    @Test
    void closingFreesPortsAndRelays() throws Exception {
        int only = LowPorts.free();
        TurnServer server = server(Io.best(2), new PortRange(only, only));
        InetSocketAddress address = address(server, TransportProtocol.UDP);
        assertThat(allocate(udp(server)).type().kind()).isEqualTo(StunClass.SUCCESS);

        server.close();

        requireFree(address);
        requireFree(new InetSocketAddress(LOOPBACK, only));
    }

    private static void requireFree(InetSocketAddress address) throws SocketException {
        try (DatagramSocket socket = new DatagramSocket(address)) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    /** Permits and binds a peer, sends it data and gets some back; a length that is no multiple of four shows the padding. */
    private static void relayThere(int[] lengths, TestClient client) throws IOException {
        try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            peer.setSoTimeout(10_000);
            StunMessage allocated = allocate(client);
            assertThat(allocated.type().kind()).isEqualTo(StunClass.SUCCESS);
            StunMessage bound = client.ask(
                    "alice",
                    "wonderland",
                    StunMethod.CHANNEL_BIND,
                    new ChannelNumber(0x4000),
                    new XorPeerAddress((InetSocketAddress) peer.getLocalSocketAddress()));
            assertThat(bound.type().kind()).isEqualTo(StunClass.SUCCESS);
            DatagramPacket received = new DatagramPacket(new byte[2000], 2000);

            for (int length : lengths) {
                byte[] data = "x".repeat(length).getBytes(UTF_8);
                client.sendOn(0x4000, data);
                received.setLength(2000);
                peer.receive(received);
                assertThat(received.getLength()).isEqualTo(length);
                assertThat(received.getSocketAddress())
                        .isEqualTo(allocated.require(XorRelayedAddress.TYPE).address());
                peer.send(new DatagramPacket(data, length, received.getSocketAddress()));
                assertThat(client.receiveOn(0x4000)).isEqualTo(data);
            }
        }
    }

    private static StunMessage allocate(TestClient client) throws IOException {
        return client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP);
    }

    private TurnServer server(Io io, PortRange ports) throws Exception {
        TurnSettings settings = settings(
                List.of(
                        new Listen(TransportProtocol.UDP, new InetSocketAddress(LOOPBACK, 0)),
                        new Listen(TransportProtocol.TCP, new InetSocketAddress(LOOPBACK, 0)),
                        new Listen(TransportProtocol.TLS, new InetSocketAddress(LOOPBACK, 0))),
                ports);
        TurnServer server = TurnServer.start(settings, io, InstantSource.system());
        open.add(server);
        return server;
    }

    private static TurnSettings settings(List<Listen> listens, PortRange ports) {
        PolicySettings policy = new PolicySettings(
                new StaticUsers(
                        "pinhole.test", Map.of("alice", LongTermKeys.of("alice", "pinhole.test", "wonderland"))),
                List.of(Cidr.parse("127.0.0.1")),
                List.of(),
                List.of(),
                QuotaLimits.DEFAULT,
                0,
                Drain.AlternateServers.NONE,
                true);
        return new TurnSettings(
                listens,
                List.of(RelayAddress.of(LOOPBACK)),
                ports,
                "pinhole.test",
                policy,
                List.of(new Identity(
                        Certificate.BUNDLE.getKeyPair().getPrivate(), List.of(Certificate.BUNDLE.getCertificate()))),
                null,
                StreamSettings.DEFAULT,
                null,
                2,
                ChannelData.MAX_CHANNEL);
    }

    private TestClient udp(TurnServer server) throws IOException {
        return opened(TestClient.udp(address(server, TransportProtocol.UDP)));
    }

    private TestClient tcp(TurnServer server) throws IOException {
        return opened(TestClient.stream(SocketFactory.getDefault(), address(server, TransportProtocol.TCP)));
    }

    private TestClient tls(TurnServer server) throws Exception {
        TrustManagerFactory trust = Certificate.BUNDLE.toTrustManagerFactory();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return opened(TestClient.stream(context.getSocketFactory(), address(server, TransportProtocol.TLS)));
    }

    private TestClient opened(TestClient client) {
        open.add(0, client);
        return client;
    }

    private static InetSocketAddress address(TurnServer server, TransportProtocol transport) {
        return server.listens().stream()
                .filter(listen -> listen.transport() == transport)
                .findFirst()
                .orElseThrow()
                .address();
    }

    /** A real certificate that clients really check; made once. */
    private static final class Certificate {
        static final X509Bundle BUNDLE = make();

        private static X509Bundle make() {
            try {
                return new CertificateBuilder()
                        .subject("CN=localhost")
                        .addSanDnsName("localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
