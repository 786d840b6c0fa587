package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.EvenPort;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** Thousands of messages that are nearly right, to a process over every transport, leave it as it was. */
@EnabledOnOs(OS.LINUX)
@Tag("T-18")
class LiveFuzzTest {
    private static final int DATAGRAMS = 4_000;
    private static final int CONNECTIONS = 50;
    private static final int FRAMES = 25;
    private static final long SEED = 20_261_122;
    private static final long SLACK_BYTES = 4 << 20;
    private static final long SLACK_DIRECT_BYTES = 8 << 20;
    private static final long SLACK_FILES = 4;
    private static final List<StunMethod> METHODS = List.of(
            StunMethod.ALLOCATE,
            StunMethod.REFRESH,
            StunMethod.CREATE_PERMISSION,
            StunMethod.CHANNEL_BIND,
            StunMethod.CONNECT,
            StunMethod.CONNECTION_BIND,
            StunMethod.BINDING);
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.77", 9);
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);
    private static final RequestedTransport TCP = new RequestedTransport(RequestedTransport.TCP);

    @TempDir
    Path folder;

    @Test
    void messagesThatAreNearlyRightLeaveNothingBehindAndOthersAreServed() throws Exception {
        PemPair pem = PemPair.write(folder, "turn", "turn.test");
        try (LiveProcess server = LiveProcess.start(folder, List.of(), options(pem))) {
            round(server, pem, 1); // loads what only now is loaded
            assertIsServed(server);
            LiveProcess.Holdings before = settled(server);

            round(server, pem, CONNECTIONS);

            assertIsServed(server);
            LiveProcess.Holdings after = settled(server);
            assertThat(after.heapBytes() - before.heapBytes()).as("heap").isLessThan(SLACK_BYTES);
            assertThat(after.directBytes() - before.directBytes())
                    .as("buffers beside the heap")
                    .isLessThan(SLACK_DIRECT_BYTES);
            assertThat(after.openFiles() - before.openFiles()).as("open files").isLessThanOrEqualTo(SLACK_FILES);
            assertThat(server.log()).doesNotContain("[ERROR]", "[WARN]", "Exception", "LEAK");
            assertThat(server.stop()).isZero();
        }
    }

    /** No peer but one of loopback: whatever address comes out of a mutation, nothing is sent there. */
    private static List<String> options(PemPair pem) {
        List<String> options = new ArrayList<>(pem.options());
        options.addAll(List.of("--udp-listen=127.0.0.1:0", "--tcp-listen=127.0.0.1:0", "--tls-listen=127.0.0.1:0"));
        options.addAll(List.of("--allow-peer=127.0.0.77", "--allow-peer=127.0.0.1", "--relay-ports=55000-55999"));
        options.addAll(List.of("--unverified-answers-per-second=0", "--event-loops=2"));
        for (String range : List.of("0.0.0.0/2", "64.0.0.0/3", "96.0.0.0/4", "112.0.0.0/5", "120.0.0.0/6")) {
            options.add("--deny-peer=" + range);
        }
        options.addAll(List.of("--deny-peer=124.0.0.0/7", "--deny-peer=126.0.0.0/8", "--deny-peer=128.0.0.0/1"));
        options.add("--deny-peer=::/0");
        return options;
    }

    private static void round(LiveProcess server, PemPair pem, int connections) throws Exception {
        datagrams(server, DATAGRAMS * connections / CONNECTIONS);
        for (int i = 0; i < connections; i++) {
            InetSocketAddress tcp = server.address(TransportProtocol.TCP);
            stream(new Socket(tcp.getAddress(), tcp.getPort()), SEED + 1 + 2L * i);
            InetSocketAddress tls = server.address(TransportProtocol.TLS);
            stream(i % 4 == 3 ? new Socket(tls.getAddress(), tls.getPort()) : tls(pem, tls), SEED + 2 + 2L * i);
        }
    }

    private static Socket tls(PemPair pem, InetSocketAddress address) throws Exception {
        return pem.sockets().createSocket(address.getAddress(), address.getPort());
    }

    /** From a client with an allocation, a permission and a channel, so that every path is open; it releases it afterwards. */
    private static void datagrams(LiveProcess server, int count) throws IOException {
        Mutations mutations = new Mutations(SEED);
        try (TestClient client = TestClient.udp(server.address(TransportProtocol.UDP))) {
            client.seed(SEED);
            client.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, UDP);
            for (int i = 0; i < count; i++) {
                client.raw(frame(client, mutations));
                if (i % 64 == 0) { // as fast as it is taken, so that none is lost in the kernel
                    answerTo(client, client.request(LiveServer.USER, LiveServer.PASSWORD, StunMethod.BINDING));
                }
            }
            StunMessage released = answerTo(
                    client, client.request(LiveServer.USER, LiveServer.PASSWORD, StunMethod.REFRESH, new Lifetime(0)));
            assertThat(released.type().kind()).isEqualTo(StunClass.SUCCESS);
        }
    }

    /** The answer to this request, behind those to whatever went before. */
    private static StunMessage answerTo(TestClient client, byte[] request) throws IOException {
        client.raw(request);
        byte[] answer = client.receive();
        while (answer.length < 20 || !Arrays.equals(answer, 8, 20, request, 8, 20)) {
            answer = client.receive();
        }
        return StunMessage.decode(Unpooled.wrappedBuffer(answer));
    }

    /** Ends when the server closes it, as it may; how far it came changes nothing for the next one. */
    private static void stream(Socket socket, long seed) {
        Mutations mutations = new Mutations(seed);
        try (TestClient client = TestClient.over(socket)) {
            client.seed(seed);
            client.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, mutations.below(2) == 0 ? UDP : TCP);
            for (int i = 0; i < FRAMES; i++) {
                client.raw(frame(client, mutations));
            }
        } catch (IOException | RuntimeException closedByTheServerOrNotStun) {
            // what it answers a broken stream is its own affair
        }
    }

    private static byte[] frame(TestClient client, Mutations mutations) {
        return switch (mutations.below(5)) {
            case 0 ->
                client.request(LiveServer.USER, LiveServer.PASSWORD, mutations.oneOf(METHODS), mutations.attributes());
            case 1 -> mutations.of(client.channelData(0x4000, new byte[mutations.below(200)]));
            case 2 -> mutations.of(client.sendIndication(PEER, new byte[mutations.below(200)]));
            case 3 -> client.request(LiveServer.USER, LiveServer.PASSWORD, StunMethod.CREATE_PERMISSION, peer());
            default ->
                mutations.of(client.request(
                        LiveServer.USER,
                        LiveServer.PASSWORD,
                        mutations.oneOf(METHODS),
                        UDP,
                        peer(),
                        new ChannelNumber(0x4000 + mutations.below(3)),
                        new EvenPort(true),
                        new Lifetime(600)));
        };
    }

    private static XorPeerAddress peer() {
        return new XorPeerAddress(PEER);
    }

    private static void assertIsServed(LiveProcess server) throws IOException {
        try (TestClient client = TestClient.udp(server.address(TransportProtocol.UDP));
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(10_000);
            InetSocketAddress relay = client.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, UDP)
                    .require(XorRelayedAddress.TYPE)
                    .address();
            client.ask(
                    LiveServer.USER,
                    LiveServer.PASSWORD,
                    StunMethod.CHANNEL_BIND,
                    new ChannelNumber(0x4000),
                    new XorPeerAddress((InetSocketAddress) peer.getLocalSocketAddress()));
            peer.send(new DatagramPacket(new byte[160], 160, relay));
            assertThat(client.receiveOn(0x4000)).hasSize(160);
            assertThat(client.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.REFRESH, new Lifetime(0))
                            .type()
                            .kind())
                    .isEqualTo(StunClass.SUCCESS);
        }
    }

    private static LiveProcess.Holdings settled(LiveProcess server) throws Exception {
        server.awaitMetric("pinhole_turn_client_connections", 0);
        server.awaitMetric("pinhole_turn_peer_connections", 0);
        server.awaitMetric("pinhole_turn_allocations", 0);
        server.awaitMetric("pinhole_turn_users", 0);
        return server.holdings();
    }
}
