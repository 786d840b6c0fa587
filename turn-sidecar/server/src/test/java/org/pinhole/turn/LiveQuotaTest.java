package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.Operator.assertIsError;
import static org.pinhole.turn.Operator.assertIsSuccess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** Quotas, rates and the queue of a slow client, as clients and an operator see them over sockets. */
class LiveQuotaTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);
    private static final RequestedTransport TCP = new RequestedTransport(RequestedTransport.TCP);
    private static final int CHANNEL = 0x4000;
    private static final int SOUND_BYTES = 100;
    private static final int FAR_TOO_MANY = 100_000;

    @RegisterExtension
    final Operator operator = new Operator();

    @Test
    @Tag("T-4")
    void allocationsBeyondAUsersQuotaAre486AndBeyondThatOfAll508() throws Exception {
        LiveServer server = operator.server("--user-quota=1", "--total-quota=2", "--user=carol:singer");

        assertIsSuccess(allocate(server, "alice", "wonderland"));
        assertIsError(486, allocate(server, "alice", "wonderland"));
        assertIsSuccess(allocate(server, "bob", "builder"));

        assertIsError(508, allocate(server, "carol", "singer"));
    }

    @Test
    @Tag("T-21")
    void connectionsBeyondAUsersQuotaAre486AndBeyondThatOfAll508() throws Exception {
        LiveServer server =
                operator.server("--user-connection-quota=1", "--total-connection-quota=2", "--user=carol:singer");
        TestClient alice = operator.tcp(server);
        TestClient bob = operator.tcp(server);
        TestClient carol = operator.tcp(server);
        alice.ask("alice", "wonderland", StunMethod.ALLOCATE, TCP);
        bob.ask("bob", "builder", StunMethod.ALLOCATE, TCP);
        carol.ask("carol", "singer", StunMethod.ALLOCATE, TCP);

        try (ServerSocket one = listener();
                ServerSocket other = listener()) {
            assertIsSuccess(alice.ask("alice", "wonderland", StunMethod.CONNECT, peer(one)));
            assertIsError(486, alice.ask("alice", "wonderland", StunMethod.CONNECT, peer(other)));
            assertIsSuccess(bob.ask("bob", "builder", StunMethod.CONNECT, peer(one)));
            assertIsError(508, carol.ask("carol", "singer", StunMethod.CONNECT, peer(one)));
        }
    }

    /** A second's worth is one datagram; the others are dropped and counted, and requests are no part of it. */
    @Test
    void datagramsBeyondAUsersRateAreDroppedAndCounted() throws Exception {
        int sent = 200;
        LiveServer server = operator.server("--user-kilobytes-per-second=1");
        TestClient client = operator.tcp(server);
        client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP);
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            bind(client, peer);
            for (int i = 0; i < sent; i++) {
                client.sendOn(CHANNEL, new byte[1000]);
            }
            assertThat(client.binding()).as("behind all of them").isNotNull();

            long relayed = operator.metric(server, "pinhole_turn_relayed_packets_total{direction=\"to_peer\"}");
            long dropped = operator.metric(server, "pinhole_turn_dropped_packets_total");
            assertThat(relayed).isPositive();
            assertThat(dropped).isPositive();
            assertThat(relayed + dropped).isEqualTo(sent);
        }
    }

    /** What waits for a client that does not read is bounded; pictures go first, and the sound is there when it reads on. */
    @Test
    void aSlowClientLosesPicturesAndKeepsItsSound() throws Exception {
        LiveServer server =
                operator.server("--queue-kilobytes=256", "--queue-millis=600000", "--slow-reader-seconds=600");
        Socket socket = new Socket();
        operator.ends(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(server.address(TransportProtocol.TCP));
        TestClient client = TestClient.over(socket);
        InetSocketAddress relay = client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP)
                .require(XorRelayedAddress.TYPE)
                .address();
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            bind(client, peer);
            int sound = 0;
            while (server.server().streamCounts().droppedLarge() == 0 && sound < FAR_TOO_MANY) {
                send(peer, relay, new byte[1200]);
                send(peer, relay, sound(++sound));
            }
            assertThat(server.server().streamCounts().droppedLarge()).isPositive();

            int last = sound + 1;
            for (int heard = 0; heard < last; ) {
                send(peer, relay, sound(last)); // again and again, since the kernel may have lost one, too
                byte[] data = client.receiveOn(CHANNEL);
                heard = data.length == SOUND_BYTES ? ByteBuffer.wrap(data).getInt() : heard;
            }
            assertThat(server.server().streamCounts().droppedSmall()).isZero();
        }
    }

    /** Two users together, each within his own. */
    @Test
    void theRateOfAllIsOneForAll() throws Exception {
        LiveServer server = operator.server("--total-kilobytes-per-second=2", "--user-kilobytes-per-second=1000");
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (String user : List.of("alice:wonderland", "bob:builder")) {
                TestClient client = operator.tcp(server);
                String[] who = user.split(":", -1);
                client.ask(who[0], who[1], StunMethod.ALLOCATE, UDP);
                assertIsSuccess(client.ask(
                        who[0],
                        who[1],
                        StunMethod.CHANNEL_BIND,
                        new ChannelNumber(CHANNEL),
                        new XorPeerAddress((InetSocketAddress) peer.getLocalSocketAddress())));
                for (int i = 0; i < 100; i++) {
                    client.sendOn(CHANNEL, new byte[1000]);
                }
                assertThat(client.binding()).as("behind all of them").isNotNull();
            }
        }

        long relayed = operator.metric(server, "pinhole_turn_relayed_packets_total{direction=\"to_peer\"}");
        assertThat(relayed).isBetween(1L, 100L);
        assertThat(operator.metric(server, "pinhole_turn_dropped_packets_total"))
                .isEqualTo(200 - relayed);
    }

    /** A stream is slowed, not cut: a second's worth at once, the other takes its second. */
    @Test
    @Tag("T-21")
    void aStreamBeyondAUsersRateIsSlowedAndNothingOfItLost() throws Exception {
        int second = 256 * 1024;
        LiveServer server = operator.server("--user-kilobytes-per-second=256");
        TestClient control = operator.tcp(server);
        control.ask("alice", "wonderland", StunMethod.ALLOCATE, TCP);
        try (ServerSocket listener = listener()) {
            ConnectionId id = control.ask("alice", "wonderland", StunMethod.CONNECT, peer(listener))
                    .require(ConnectionId.TYPE);
            Socket far = listener.accept();
            operator.ends(far);
            Socket near = new Socket();
            operator.ends(near);
            near.connect(server.address(TransportProtocol.TCP));
            assertIsSuccess(TestClient.over(near).ask("alice", "wonderland", StunMethod.CONNECTION_BIND, id));

            long begun = System.nanoTime();
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> read(far, 2 * second));
            near.getOutputStream().write(new byte[2 * second]);

            assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(2 * second);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(500));
        }
    }

    private static int read(Socket socket, int bytes) {
        try {
            return socket.getInputStream().readNBytes(bytes).length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever sends datagrams in a network's name takes nothing from its clients of TCP. */
    @Test
    @Tag("T-18")
    void answersToStrangersAreCountedApartForDatagramsAndStreams() throws Exception {
        LiveServer server = operator.server("--udp-listen=127.0.0.1:0", "--unverified-answers-per-second=1");
        try (TestClient spoofer = TestClient.udp(server.address(TransportProtocol.UDP))) {
            byte[] binding = spoofer.unsigned(StunMethod.BINDING);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (unanswered(server) < 10 && System.nanoTime() < deadline) {
                spoofer.raw(binding);
            }
            assertThat(unanswered(server)).isGreaterThanOrEqualTo(10);

            assertThat(operator.tcp(server).binding()).as("on TCP").isNotNull();
        }
    }

    private long unanswered(LiveServer server) throws Exception {
        return operator.count(server, "pinhole_turn_requests_total{answer=\"unanswered\",method=\"binding\"}");
    }

    private static byte[] sound(int number) {
        return ByteBuffer.allocate(SOUND_BYTES).putInt(number).array();
    }

    private StunMessage allocate(LiveServer server, String user, String password) throws Exception {
        return operator.tcp(server).ask(user, password, StunMethod.ALLOCATE, UDP);
    }

    private static void bind(TestClient client, DatagramSocket peer) throws IOException {
        assertIsSuccess(client.ask(
                "alice",
                "wonderland",
                StunMethod.CHANNEL_BIND,
                new ChannelNumber(CHANNEL),
                new XorPeerAddress((InetSocketAddress) peer.getLocalSocketAddress())));
    }

    private static void send(DatagramSocket peer, InetSocketAddress relay, byte[] data) throws IOException {
        peer.send(new DatagramPacket(data, data.length, relay));
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static XorPeerAddress peer(ServerSocket listener) {
        return new XorPeerAddress((InetSocketAddress) listener.getLocalSocketAddress());
    }
}
