package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.transport.Refusal;

/** A load balancer in front says whose connection it is; the client's address is then the client's, everywhere. */
@Tag("T-1")
class ProxyProtocolTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("198.51.100.7", 40112);
    private static final InetSocketAddress CLIENT_6 = new InetSocketAddress("2001:db8::7", 40113);
    private static final byte[] V2_SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void version1NamesTheClient() throws Exception {
        TestClient client = tcp(behindProxy(), v1(CLIENT));

        assertThat(mapped(client)).isEqualTo(CLIENT);
    }

    @Test
    void version2NamesTheClientOfEitherFamily() throws Exception {
        LiveServer server = behindProxy();

        assertThat(mapped(tcp(server, v2(CLIENT, (byte) 0x11)))).isEqualTo(CLIENT);
        assertThat(mapped(tcp(server, v2(CLIENT_6, (byte) 0x21)))).isEqualTo(CLIENT_6);
    }

    @Test
    void theHeaderComesBeforeTls() throws Exception {
        LiveServer server = behindProxy();
        Socket plain = connect(server, TransportProtocol.TLS);
        plain.getOutputStream().write(v2(CLIENT, (byte) 0x11));
        SSLSocket tls = (SSLSocket) trustAll().getSocketFactory().createSocket(plain, "turn.test", 443, true);

        TestClient client = opened(TestClient.over(tls));

        assertThat(mapped(client)).isEqualTo(CLIENT);
        assertThat(tls.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void theHeaderMayComeInPiecesAndGluedToWhatFollows() throws Exception {
        LiveServer server = behindProxy();
        Socket socket = connect(server, TransportProtocol.TCP);
        byte[] header = v2(CLIENT, (byte) 0x11);

        for (byte b : header) {
            socket.getOutputStream().write(b);
            socket.getOutputStream().flush();
        }
        TestClient client = opened(TestClient.over(socket));

        assertThat(mapped(client)).isEqualTo(CLIENT);
    }

    /** The nonce is bound to the client, not to the balancer that all clients share. */
    @Test
    @Tag("T-18")
    void aNonceOfOneClientIsStaleForAnotherBehindTheSameProxy() throws Exception {
        LiveServer server = behindProxy();
        TestClient one = tcp(server, v1(CLIENT));
        TestClient other = tcp(server, v1(new InetSocketAddress("198.51.100.8", 1)));
        RequestedTransport udp = new RequestedTransport(RequestedTransport.UDP);

        assertThat(one.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, udp)
                        .type()
                        .kind())
                .isEqualTo(StunClass.SUCCESS);
        other.challengedLike(one);

        assertThat(other.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, udp)
                        .require(ErrorCode.TYPE)
                        .code())
                .isEqualTo(438);
    }

    @Test
    void theBalancersOwnHealthCheckIsItself() throws Exception {
        LiveServer server = behindProxy();

        Socket local = connect(server, TransportProtocol.TCP);
        local.getOutputStream().write(v2Local());

        assertThat(mapped(opened(TestClient.over(local)))).isEqualTo(local.getLocalSocketAddress());
        assertThat(mapped(tcp(server, "PROXY UNKNOWN\r\n".getBytes(US_ASCII))).getAddress())
                .isEqualTo(InetAddress.getLoopbackAddress());
    }

    @Test
    void aListedSourceWithoutAHeaderIsClosed() throws Exception {
        LiveServer server = server("--proxy-from=127.0.0.0/8", "--handshake-seconds=60");

        for (String header : List.of("", "PROXY TCP4 not an address\r\n", "GET / HTTP/1.1\r\n")) {
            assertThatThrownBy(() -> tcp(server, header.getBytes(US_ASCII)).binding())
                    .as("'%s': closed, not left waiting", header)
                    .isInstanceOfAny(EOFException.class, SocketException.class);
        }

        for (int loop = 0; loop < 2; loop++) { // whose answer comes behind all that was left to do for those
            assertThat(mapped(tcp(server, v1(CLIENT)))).isEqualTo(CLIENT);
        }
        assertThat(server.refused(Refusal.PROXY_HEADER)).as("each once").isEqualTo(3);
    }

    @Test
    void nobodyElseMaySpeakForAnother() throws Exception {
        LiveServer server = server("--proxy-from=192.0.2.0/24");

        assertThatThrownBy(() -> tcp(server, v1(CLIENT)).binding())
                .isInstanceOfAny(EOFException.class, SocketException.class);
        assertThat(mapped(tcp(server, new byte[0])).getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
    }

    private LiveServer behindProxy() throws Exception {
        return server("--proxy-from=127.0.0.0/8");
    }

    private LiveServer server(String... more) throws Exception {
        PemPair pair = PemPair.write(folder, "turn", "turn.test");
        List<String> options = new ArrayList<>(pair.options());
        options.addAll(List.of(more));
        options.addAll(List.of("--tcp-listen=127.0.0.1:0", "--tls-listen=127.0.0.1:0"));
        LiveServer server = LiveServer.start(options.toArray(String[]::new));
        open.add(server);
        return server;
    }

    private TestClient tcp(LiveServer server, byte[] header) throws IOException {
        Socket socket = connect(server, TransportProtocol.TCP);
        socket.getOutputStream().write(header);
        return opened(TestClient.over(socket));
    }

    private Socket connect(LiveServer server, TransportProtocol transport) throws IOException {
        InetSocketAddress address = server.address(transport);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        open.add(0, socket);
        return socket;
    }

    private TestClient opened(TestClient client) {
        open.add(0, client);
        return client;
    }

    private static InetSocketAddress mapped(TestClient client) throws IOException {
        return client.binding().require(XorMappedAddress.TYPE).address();
    }

    private static byte[] v1(InetSocketAddress client) {
        return "PROXY TCP4 %s 192.0.2.1 %d 443\r\n"
                .formatted(client.getAddress().getHostAddress(), client.getPort())
                .getBytes(US_ASCII);
    }

    /** A PROXY command over TCP with one extension that nobody here knows. */
    private static byte[] v2(InetSocketAddress client, byte family) throws IOException {
        byte[] source = client.getAddress().getAddress();
        byte[] extension = {(byte) 0xE0, 0, 3, 1, 2, 3};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(V2_SIGNATURE);
        out.write(new byte[] {0x21, family});
        out.write(ByteBuffer.allocate(2)
                .putShort((short) (2 * source.length + 4 + extension.length))
                .array());
        out.write(source);
        out.write(new byte[source.length]);
        out.write(ByteBuffer.allocate(4)
                .putShort((short) client.getPort())
                .putShort((short) 443)
                .array());
        out.write(extension);
        return out.toByteArray();
    }

    private static byte[] v2Local() {
        byte[] header = java.util.Arrays.copyOf(V2_SIGNATURE, 16);
        header[12] = 0x20;
        return header;
    }

    private static SSLContext trustAll() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    /** Who is verified is another test's question. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
