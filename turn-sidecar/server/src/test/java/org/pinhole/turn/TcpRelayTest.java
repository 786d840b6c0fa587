package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
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

/** RFC 6062 on real sockets, on loopback: TCP relays behind TCP and TLS clients. */
class TcpRelayTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int BULK_BYTES = 4 * 1024 * 1024;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll tcp", "epoll tls", "nio tcp", "nio tls"})
    @Tag("T-6")
    @Tag("T-21")
    void megabytesPassInBothDirectionsAtOnceAndUnchanged(String kind) throws Exception {
        TurnServer server = server(kind.startsWith("epoll") ? Io.best(2) : Io.nio(2));
        ServerSocket peerListener = listener();
        TestClient control = allocated(server, kind);
        Socket data = connected(server, kind, control, peerListener);
        Socket peer = opened(peerListener.accept());

        CompletableFuture<byte[]> atPeer = CompletableFuture.supplyAsync(() -> read(peer, BULK_BYTES));
        CompletableFuture<byte[]> atClient = CompletableFuture.supplyAsync(() -> read(data, BULK_BYTES));
        CompletableFuture<Void> fromClient = CompletableFuture.runAsync(() -> write(data, bulk(1)));
        CompletableFuture<Void> fromPeer = CompletableFuture.runAsync(() -> write(peer, bulk(2)));

        assertThat(atPeer.join()).isEqualTo(bulk(1));
        assertThat(atClient.join()).isEqualTo(bulk(2));
        fromClient.join();
        fromPeer.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Tag("T-21")
    void whatAPeerSaysBeforeTheConnectionBindIsNotLost(String kind) throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocket peerListener = listener();
        TestClient control = allocated(server, kind);
        StunMessage connect = ask(control, StunMethod.CONNECT, peerAttribute(peerListener));
        Socket peer = opened(peerListener.accept());
        peer.getOutputStream().write("220 early bird".getBytes(UTF_8));
        peer.shutdownOutput();

        Socket data = bound(server, kind, connect.require(ConnectionId.TYPE));

        assertThat(new String(data.getInputStream().readAllBytes(), UTF_8)).isEqualTo("220 early bird");
    }

    /** A peer that does not stop talking is slowed by its own window, before the ConnectionBind and behind it. */
    @Test
    @Tag("T-21")
    void aFloodOfEarlyDataIsHeldBackAndNothingOfItLost() throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocketChannel peerListener = opened(ServerSocketChannel.open());
        peerListener.bind(new InetSocketAddress(LOOPBACK, 0));
        TestClient control = allocated(server, "tcp");
        StunMessage connect = ask(control, StunMethod.CONNECT, peerAttribute(peerListener.socket()));
        SocketChannel peer = opened(peerListener.accept());
        ByteBuffer talk = ByteBuffer.wrap(bulk(3));

        untilHeldBack(peer, talk);
        assertThat(talk.position()).as("taken before the ConnectionBind").isLessThan(BULK_BYTES / 2);
        Socket data = bound(server, "tcp", connect.require(ConnectionId.TYPE));
        CompletableFuture<Void> fromPeer = CompletableFuture.runAsync(() -> writeRest(peer, talk));

        assertThat(read(data, BULK_BYTES)).isEqualTo(bulk(3));
        fromPeer.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Tag("T-21")
    void theEndOfThePeersDirectionIsCarriedOverAndTheClientsGoesOn(String kind) throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocket peerListener = listener();
        TestClient control = allocated(server, kind);
        Socket data = connected(server, kind, control, peerListener);
        Socket peer = opened(peerListener.accept());

        peer.getOutputStream().write("question".getBytes(UTF_8));
        peer.shutdownOutput();
        assertThat(new String(data.getInputStream().readAllBytes(), UTF_8)).isEqualTo("question");
        data.getOutputStream().write("answer".getBytes(UTF_8));
        data.close();

        assertThat(new String(peer.getInputStream().readAllBytes(), UTF_8)).isEqualTo("answer");
    }

    @Test
    @Tag("T-21")
    void theEndOfOneDirectionIsCarriedOverAndTheOtherGoesOn() throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocket peerListener = listener();
        TestClient control = allocated(server, "tcp");
        Socket data = connected(server, "tcp", control, peerListener);
        Socket peer = opened(peerListener.accept());

        data.getOutputStream().write("question".getBytes(UTF_8));
        data.shutdownOutput();
        assertThat(new String(peer.getInputStream().readAllBytes(), UTF_8)).isEqualTo("question");
        peer.getOutputStream().write("answer".getBytes(UTF_8));
        peer.close();

        assertThat(new String(data.getInputStream().readAllBytes(), UTF_8)).isEqualTo("answer");
    }

    /** TLS 1.2 ends as a whole, and the engine does the same in 1.3: who is cut off by that is told so at once. */
    @Test
    @Tag("T-21")
    void theEndOfATlsClientIsTheEndOfBothBehindAllThatItSent() throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocket peerListener = listener();
        TestClient control = allocated(server, "tls");
        Socket data = connected(server, "tls", control, peerListener);
        Socket peer = opened(peerListener.accept());

        data.getOutputStream().write(bulk(4));
        data.shutdownOutput();

        assertThat(peer.getInputStream().readAllBytes()).isEqualTo(bulk(4));
        assertThat(data.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> writeForAWhile(peer)).isInstanceOf(SocketException.class);
    }

    private static void writeForAWhile(Socket socket) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (System.nanoTime() < deadline) {
            socket.getOutputStream().write(new byte[1024]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Tag("T-21")
    void aPeerWithAPermissionIsAnnouncedAndOneWithoutIsClosed(String kind) throws Exception {
        TurnServer server = server(Io.best(2));
        TestClient control = opened(client(server, kind));
        InetSocketAddress relay = ask(control, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP))
                .require(XorRelayedAddress.TYPE)
                .address();
        Socket stranger = opened(new Socket(relay.getAddress(), relay.getPort()));
        stranger.setSoTimeout(TIMEOUT_MILLIS);
        assertThat(stranger.getInputStream().read()).isEqualTo(-1);

        ask(control, StunMethod.CREATE_PERMISSION, new XorPeerAddress(new InetSocketAddress(LOOPBACK, 0)));
        Socket peer = opened(new Socket(relay.getAddress(), relay.getPort()));
        StunMessage attempt = StunMessage.decode(Unpooled.wrappedBuffer(control.receive()));
        assertThat(attempt.type()).isEqualTo(StunMethod.CONNECTION_ATTEMPT.indication());
        assertThat(attempt.require(XorPeerAddress.TYPE).address().getPort()).isEqualTo(peer.getLocalPort());
        Socket data = bound(server, kind, attempt.require(ConnectionId.TYPE));

        peer.getOutputStream().write("hello".getBytes(UTF_8));
        assertThat(read(data, 5)).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    @Tag("T-6")
    void aPeerThatRefusesIs447AndTheRelayedAddressIsWhereConnectionsComeFrom() throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocket peerListener = listener();
        TestClient control = opened(client(server, "tcp"));
        InetSocketAddress relay = ask(control, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP))
                .require(XorRelayedAddress.TYPE)
                .address();
        ServerSocket gone = new ServerSocket(0, 1, LOOPBACK);
        gone.close();

        StunMessage refused = ask(
                control, StunMethod.CONNECT, new XorPeerAddress(new InetSocketAddress(LOOPBACK, gone.getLocalPort())));
        StunMessage accepted = ask(control, StunMethod.CONNECT, peerAttribute(peerListener));
        Socket peer = opened(peerListener.accept());

        assertThat(refused.require(ErrorCode.TYPE).code()).isEqualTo(447);
        assertThat(accepted.find(ErrorCode.TYPE)).isNull();
        assertThat(peer.getPort()).isEqualTo(relay.getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "control connection"})
    @Tag("T-21")
    void theEndOfTheAllocationClosesItsDataConnections(String by) throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocket peerListener = listener();
        TestClient control = allocated(server, "tcp");
        Socket data = connected(server, "tcp", control, peerListener);
        Socket peer = opened(peerListener.accept());

        if (by.equals("refresh")) {
            ask(control, StunMethod.REFRESH, new Lifetime(0));
        } else {
            control.close();
        }

        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        assertThat(data.getInputStream().read()).isEqualTo(-1);
    }

    /** A failed ConnectionBind leaves a connection on which messages go on, and a second attempt may succeed. */
    @Test
    @Tag("T-21")
    void messagesGoOnBehindAConnectionBindThatFailed() throws Exception {
        TurnServer server = server(Io.best(2));
        ServerSocket peerListener = listener();
        TestClient control = allocated(server, "tcp");
        ConnectionId id =
                ask(control, StunMethod.CONNECT, peerAttribute(peerListener)).require(ConnectionId.TYPE);
        opened(peerListener.accept());
        TestClient data = opened(client(server, "tcp"));

        assertThat(ask(data, StunMethod.CONNECTION_BIND, new ConnectionId(~id.value()))
                        .require(ErrorCode.TYPE)
                        .code())
                .isEqualTo(400);
        assertThat(data.binding().find(ErrorCode.TYPE)).isNull();
        assertThat(ask(data, StunMethod.CONNECTION_BIND, id).find(ErrorCode.TYPE))
                .isNull();
    }

    private TestClient allocated(TurnServer server, String kind) throws Exception {
        TestClient control = opened(client(server, kind));
        StunMessage answer = ask(control, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP));
        assertThat(answer.find(ErrorCode.TYPE)).isNull();
        return control;
    }

    private Socket connected(TurnServer server, String kind, TestClient control, ServerSocket peer) throws Exception {
        StunMessage connect = ask(control, StunMethod.CONNECT, peerAttribute(peer));
        return bound(server, kind, connect.require(ConnectionId.TYPE));
    }

    private Socket bound(TurnServer server, String kind, ConnectionId id) throws Exception {
        Socket socket = opened(socket(server, kind));
        TestClient data = TestClient.over(socket);
        assertThat(ask(data, StunMethod.CONNECTION_BIND, id).find(ErrorCode.TYPE))
                .isNull();
        return socket;
    }

    private static StunMessage ask(TestClient client, StunMethod method, Attribute... attributes) throws IOException {
        return client.ask("alice", "wonderland", method, attributes);
    }

    private TestClient client(TurnServer server, String kind) throws Exception {
        return TestClient.over(socket(server, kind));
    }

    private Socket socket(TurnServer server, String kind) throws Exception {
        TransportProtocol transport = kind.endsWith("tls") ? TransportProtocol.TLS : TransportProtocol.TCP;
        InetSocketAddress address = server.listens().stream()
                .filter(listen -> listen.transport() == transport)
                .findFirst()
                .orElseThrow()
                .address();
        SocketFactory sockets = SocketFactory.getDefault();
        if (transport == TransportProtocol.TLS) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, Certificate.BUNDLE.toTrustManagerFactory().getTrustManagers(), null);
            sockets = context.getSocketFactory();
        }
        Socket socket = sockets.createSocket(address.getAddress(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static XorPeerAddress peerAttribute(ServerSocket peer) {
        return new XorPeerAddress(new InetSocketAddress(LOOPBACK, peer.getLocalPort()));
    }

    private ServerSocket listener() throws IOException {
        ServerSocket listener = opened(new ServerSocket(0, 10, LOOPBACK));
        listener.setSoTimeout(TIMEOUT_MILLIS);
        return listener;
    }

    private TurnServer server(Io io) throws Exception {
        return opened(TurnServer.start(
                new TurnSettings(
                        List.of(
                                new Listen(TransportProtocol.TCP, new InetSocketAddress(LOOPBACK, 0)),
                                new Listen(TransportProtocol.TLS, new InetSocketAddress(LOOPBACK, 0))),
                        List.of(RelayAddress.of(LOOPBACK)),
                        new PortRange(54000, 54999),
                        "pinhole.test",
                        new PolicySettings(
                                new StaticUsers(
                                        "pinhole.test",
                                        Map.of("alice", LongTermKeys.of("alice", "pinhole.test", "wonderland"))),
                                List.of(Cidr.parse("127.0.0.1")),
                                List.of(),
                                List.of(),
                                QuotaLimits.DEFAULT,
                                0,
                                Drain.AlternateServers.NONE,
                                true),
                        List.of(new Identity(
                                Certificate.BUNDLE.getKeyPair().getPrivate(),
                                List.of(Certificate.BUNDLE.getCertificate()))),
                        null,
                        StreamSettings.DEFAULT,
                        null,
                        2,
                        ChannelData.MAX_CHANNEL),
                io,
                InstantSource.system()));
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    /** Writes as long as anything is taken within a second. */
    private static void untilHeldBack(SocketChannel peer, ByteBuffer talk) throws IOException {
        peer.setOption(StandardSocketOptions.SO_SNDBUF, 32 * 1024);
        peer.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            peer.register(selector, SelectionKey.OP_WRITE);
            while (talk.hasRemaining() && selector.select(1000) > 0) {
                selector.selectedKeys().clear();
                peer.write(talk);
            }
        }
        peer.configureBlocking(true);
    }

    private static void writeRest(SocketChannel peer, ByteBuffer talk) {
        try {
            while (talk.hasRemaining()) {
                peer.write(talk);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] bulk(int seed) {
        byte[] bytes = new byte[BULK_BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Socket socket, int bytes) {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return socket.getInputStream().readNBytes(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class Certificate {
        static final X509Bundle BUNDLE;

        static {
            try {
                BUNDLE = new CertificateBuilder()
                        .subject("CN=localhost")
                        .addSanDnsName("localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
