package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.QuotaLimits;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.auth.StaticUsers;
import org.pinhole.turn.relay.Cidr;
import org.pinhole.turn.relay.PortRange;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.tls.Identity;
import org.pinhole.turn.transport.Io;
import org.pinhole.turn.transport.Listen;

/** A TURN server with TCP relays, its clients and peers, all on loopback and closed together. */
final class TcpRelayBed {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    static final int TIMEOUT_MILLIS = 10_000;

    private final List<AutoCloseable> open = new ArrayList<>();

    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    TestClient allocated(TurnServer server, String kind) throws Exception {
        TestClient control = opened(client(server, kind));
        StunMessage answer = ask(control, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP));
        assertThat(answer.find(ErrorCode.TYPE)).isNull();
        return control;
    }

    Socket connected(TurnServer server, String kind, TestClient control, ServerSocket peer) throws Exception {
        StunMessage connect = ask(control, StunMethod.CONNECT, peerAttribute(peer));
        return bound(server, kind, connect.require(ConnectionId.TYPE));
    }

    Socket bound(TurnServer server, String kind, ConnectionId id) throws Exception {
        Socket socket = opened(socket(server, kind));
        TestClient data = TestClient.over(socket);
        assertThat(ask(data, StunMethod.CONNECTION_BIND, id).find(ErrorCode.TYPE))
                .isNull();
        return socket;
    }

    static StunMessage ask(TestClient client, StunMethod method, Attribute... attributes) throws IOException {
        return client.ask("alice", "wonderland", method, attributes);
    }

    TestClient client(TurnServer server, String kind) throws Exception {
        return TestClient.over(socket(server, kind));
    }

    Socket socket(TurnServer server, String kind) throws Exception {
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

    static XorPeerAddress peerAttribute(ServerSocket peer) {
        return new XorPeerAddress(new InetSocketAddress(LOOPBACK, peer.getLocalPort()));
    }

    ServerSocket listener() throws IOException {
        ServerSocket listener = opened(new ServerSocket(0, 10, LOOPBACK));
        listener.setSoTimeout(TIMEOUT_MILLIS);
        return listener;
    }

    TurnServer server(Io io) throws Exception {
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

    <T extends AutoCloseable> T opened(T closeable) {
        open.add(0, closeable);
        return closeable;
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
