package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pinhole.stun.AdditionalAddressFamily;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.relay.IpLiteral;

/** Clients of either family, over every transport, have relays of both (T-19). */
@Tag("T-19")
class AddressFamiliesTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private PemPair pem;

    @BeforeEach
    void aCertificate() throws Exception {
        Ipv6.assumeIsHere();
        pem = PemPair.write(folder, "turn", "turn.test");
    }

    @Test
    void aListenerOnAllOfIpv4IsNoneOfIpv6() throws Exception {
        LiveServer server = LiveServer.start("--tcp-listen=0.0.0.0:0");
        open.add(server);
        int port = server.address(TransportProtocol.TCP).getPort();

        try (TestClient client = TestClient.tcp(new InetSocketAddress(IpLiteral.parse("127.0.0.1"), port))) {
            client.binding();
        }
        assertThatThrownBy(() -> new Socket(IpLiteral.parse("::1"), port)).isInstanceOf(ConnectException.class);
    }

    /** Its clients are told their address as it is, not as IPv6 writes that of IPv4. */
    @ParameterizedTest
    @EnumSource(TransportProtocol.class)
    void aListenerOnAllOfIpv6ServesBothFamilies(TransportProtocol transport) throws Exception {
        InetSocketAddress all = server("[::]", transport);

        for (String host : List.of("127.0.0.1", "::1")) {
            InetAddress address = IpLiteral.parse(host);
            TestClient client = client(new InetSocketAddress(address, all.getPort()), transport);
            assertThat(client.binding().require(XorMappedAddress.TYPE).address().getAddress())
                    .isEqualTo(address);
            ask(
                    client,
                    StunMethod.ALLOCATE,
                    new RequestedTransport(RequestedTransport.UDP),
                    new AdditionalAddressFamily(AddressFamily.IPV6));
            relayThere(client, 0x4000, address);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,UDP", "127.0.0.1,TCP", "127.0.0.1,TLS", "[::1],UDP", "[::1],TCP", "[::1],TLS"})
    void aDualAllocationCarriesDataToPeersOfBothFamilies(String host, TransportProtocol transport) throws Exception {
        TestClient client = client(server(host, transport), transport);
        StunMessage allocated = ask(
                client,
                StunMethod.ALLOCATE,
                new RequestedTransport(RequestedTransport.UDP),
                new AdditionalAddressFamily(AddressFamily.IPV6));
        assertThat(allocated
                        .require(XorMappedAddress.TYPE)
                        .address()
                        .getAddress()
                        .getHostAddress())
                .isEqualTo(host.equals("[::1]") ? "0:0:0:0:0:0:0:1" : host);

        int channel = 0x4000;
        for (String peer : List.of("127.0.0.1", "::1")) {
            relayThere(client, channel++, InetAddress.getByName(peer));
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,TCP,::1", "127.0.0.1,TLS,::1", "[::1],TCP,::1", "[::1],TLS,::1", "[::1],TLS,127.0.0.1"})
    @Tag("T-21")
    void aTcpRelayCarriesAStreamToAPeerOfEitherFamily(String host, TransportProtocol transport, String peer)
            throws Exception {
        InetAddress peerAddress = InetAddress.getByName(peer);
        InetSocketAddress server = server(host, transport);
        TestClient control = client(server, transport);
        ask(
                control,
                StunMethod.ALLOCATE,
                new RequestedTransport(RequestedTransport.TCP),
                new RequestedAddressFamily(AddressFamily.of(peerAddress)));
        try (ServerSocket listener = new ServerSocket(0, 1, peerAddress)) {
            listener.setSoTimeout(TIMEOUT_MILLIS);
            ConnectionId id = ask(control, StunMethod.CONNECT, new XorPeerAddress((InetSocketAddress)
                            listener.getLocalSocketAddress()))
                    .require(ConnectionId.TYPE);
            Socket far = opened(listener.accept());
            Socket near = socket(server, transport);
            TestClient data = opened(TestClient.over(near));
            data.challengedLike(control);
            ask(data, StunMethod.CONNECTION_BIND, id);

            far.getOutputStream().write("from the peer".getBytes(US_ASCII));
            near.getOutputStream().write("to the peer".getBytes(US_ASCII));

            assertThat(near.getInputStream().readNBytes(13)).asString().isEqualTo("from the peer");
            far.setSoTimeout(TIMEOUT_MILLIS);
            assertThat(far.getInputStream().readNBytes(11)).asString().isEqualTo("to the peer");
        }
    }

    private static void relayThere(TestClient client, int channel, InetAddress address) throws IOException {
        try (DatagramSocket peer = new DatagramSocket(0, address)) {
            peer.setSoTimeout(TIMEOUT_MILLIS);
            ask(client, StunMethod.CHANNEL_BIND, new ChannelNumber(channel), new XorPeerAddress((InetSocketAddress)
                    peer.getLocalSocketAddress()));
            DatagramPacket received = new DatagramPacket(new byte[2000], 2000);

            client.sendOn(channel, new byte[1203]);
            peer.receive(received);
            peer.send(new DatagramPacket(new byte[161], 161, received.getSocketAddress()));

            assertThat(received.getLength()).isEqualTo(1203);
            assertThat(client.receiveOn(channel)).hasSize(161);
        }
    }

    private static StunMessage ask(TestClient client, StunMethod method, Attribute... attributes) throws IOException {
        StunMessage answer = client.ask(LiveServer.USER, LiveServer.PASSWORD, method, attributes);
        assertThat(answer.type().kind()).as("%s", answer).isEqualTo(StunClass.SUCCESS);
        return answer;
    }

    private InetSocketAddress server(String host, TransportProtocol transport) throws StartException {
        List<String> options = new ArrayList<>(pem.options());
        options.add("--%s-listen=%s:0".formatted(transport, host));
        options.addAll(List.of("--relay-address=::1", "--allow-peer=::1"));
        return opened(LiveServer.start(options.toArray(String[]::new))).address(transport);
    }

    private TestClient client(InetSocketAddress server, TransportProtocol transport) throws Exception {
        return opened(
                transport == TransportProtocol.UDP
                        ? TestClient.udp(server)
                        : TestClient.over(socket(server, transport)));
    }

    private Socket socket(InetSocketAddress server, TransportProtocol transport) throws Exception {
        SocketFactory sockets = transport == TransportProtocol.TLS ? pem.sockets() : SocketFactory.getDefault();
        return opened(sockets.createSocket(server.getAddress(), server.getPort()));
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(0, closeable);
        return closeable;
    }
}
