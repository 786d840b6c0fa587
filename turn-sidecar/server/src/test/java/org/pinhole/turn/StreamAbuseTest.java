package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.transport.Refusal;

/** What a client on TCP or TLS may not do to the server: hold on to it without using it. */
@Tag("T-18")
class StreamAbuseTest {
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    /** "bound half-open handshakes": what was learnt from GHSA-5x2p-4vqj-f6m4. */
    @ParameterizedTest
    @ValueSource(strings = {"", "160301", "16030100c8010000c40303"})
    void aHalfOpenTlsHandshakeIsClosed(String bytes) throws Exception {
        LiveServer server = server("--handshake-seconds=1");

        Socket socket = connect(server, TransportProtocol.TLS);
        socket.getOutputStream().write(java.util.HexFormat.of().parseHex(bytes));

        assertThat(isClosed(socket)).isTrue();
        assertThat(server.server().streamCounts().failedHandshakes()).isEqualTo(1);
    }

    @Test
    void aConnectionThatNeverSaysAnythingIsClosed() throws Exception {
        LiveServer server = server("--first-message-seconds=1");

        Socket socket = connect(server, TransportProtocol.TCP);

        assertThat(isClosed(socket)).isTrue();
        assertThat(server.refused(Refusal.NO_MESSAGE)).isEqualTo(1);
    }

    /** A byte now and then is not a message. */
    @Test
    void aMessageThatNeverGetsCompleteIsNoMessage() throws Exception {
        LiveServer server = server("--first-message-seconds=1");

        Socket socket = connect(server, TransportProtocol.TCP);
        socket.getOutputStream().write(new byte[] {0, 1, 0, 0, 0x21, 0x12});

        assertThat(isClosed(socket)).isTrue();
        assertThat(server.refused(Refusal.NO_MESSAGE)).isEqualTo(1);
    }

    @Test
    void aConnectionWithoutAnAllocationMayNotBeIdle() throws Exception {
        LiveServer server = server("--idle-seconds=5");
        Socket socket = connect(server, TransportProtocol.TCP);

        TestClient.over(socket).binding();
        socket.setSoTimeout(PATIENCE_MILLIS); // the client's own is for an answer

        assertThat(isClosed(socket)).isTrue();
        assertThat(server.refused(Refusal.IDLE)).isEqualTo(1);
    }

    /** CVE-2020-6061 and 6062 were in the parser of an HTTP admin page on the TURN port: there is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: turn\r\n\r\n",
                "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n",
                "CONNECT turn:443 HTTP/1.1\r\n\r\n"
            })
    void whatIsNotStunIsClosedWithoutAWord(String letters) throws Exception {
        LiveServer server = server();

        Socket socket = connect(server, TransportProtocol.TCP);
        socket.getOutputStream().write(letters.getBytes(US_ASCII));

        assertThat(wordsUntilClosed(socket)).isEmpty();
        assertThat(server.refused(Refusal.NOT_STUN)).isEqualTo(1);
    }

    /** A stranger makes the server hold no more than a request can be; 64 KB of each of thousands was all its memory. */
    @Test
    void aLargeFrameIsForThoseWhoHaveAnAllocation() throws Exception {
        LiveServer server = server();
        Socket stranger = connect(server, TransportProtocol.TCP);
        stranger.getOutputStream().write(java.util.HexFormat.of().parseHex("0003fffc2112a442"));
        TestClient owner = TestClient.over(connect(server, TransportProtocol.TCP));
        owner.ask(
                LiveServer.USER,
                LiveServer.PASSWORD,
                StunMethod.ALLOCATE,
                new RequestedTransport(RequestedTransport.UDP));
        owner.sendOn(0x4000, new byte[60_000]);

        assertThat(isClosed(stranger)).isTrue();
        assertThat(server.refused(Refusal.NOT_STUN)).isEqualTo(1);
        assertThat(owner.binding().type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    /** GStreamer sends plain STUN to a turns: port. */
    @Test
    void plainStunOnTheTlsPortIsClosedAndDoesNotHang() throws Exception {
        LiveServer server = server();

        Socket socket = connect(server, TransportProtocol.TLS);
        socket.getOutputStream().write(java.util.HexFormat.of().parseHex("000100002112a442000000000000000000000000"));

        assertThat(isClosed(socket)).isTrue();
    }

    @Test
    void oneSourceGetsSoManyConnectionsAndNoMore() throws Exception {
        LiveServer server = server("--max-connections-per-source=2");
        Socket first = connect(server, TransportProtocol.TCP);
        TestClient.over(first).binding();
        TestClient.over(connect(server, TransportProtocol.TCP)).binding();

        assertThat(isClosed(connect(server, TransportProtocol.TCP))).isTrue();

        assertThat(server.refused(Refusal.TOO_MANY_OF_SOURCE)).isEqualTo(1);
        first.close();
        untilServed(server);
    }

    @Test
    void allTogetherGetSoManyConnectionsAndNoMore() throws Exception {
        LiveServer server = server("--max-connections=1");
        Socket first = connect(server, TransportProtocol.TCP);
        TestClient.over(first).binding();

        assertThat(isClosed(connect(server, TransportProtocol.TCP))).isTrue();

        assertThat(server.refused(Refusal.TOO_MANY)).isEqualTo(1);
        first.close();
        untilServed(server);
    }

    /** It is sent more than it takes, and takes nothing: media is dropped, video first, and in the end the client too. */
    @Test
    void aClientThatReadsNothingIsClosed() throws Exception {
        LiveServer server = server("--slow-reader-seconds=1", "--queue-kilobytes=16", "--queue-millis=200");
        Socket socket = new Socket();
        open.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(server.address(TransportProtocol.TCP));
        TestClient client = TestClient.over(socket);
        InetSocketAddress relay = client.ask(
                        LiveServer.USER,
                        LiveServer.PASSWORD,
                        StunMethod.ALLOCATE,
                        new RequestedTransport(RequestedTransport.UDP))
                .require(XorRelayedAddress.TYPE)
                .address();

        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.ask(
                    LiveServer.USER,
                    LiveServer.PASSWORD,
                    StunMethod.CHANNEL_BIND,
                    new ChannelNumber(0x4000),
                    new XorPeerAddress((InetSocketAddress) peer.getLocalSocketAddress()));
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            while (server.refused(Refusal.SLOW_READER) == 0 && System.nanoTime() < deadline) {
                peer.send(new DatagramPacket(new byte[1200], 1200, relay));
            }
        }

        assertThat(server.refused(Refusal.SLOW_READER)).isEqualTo(1);
        assertThat(server.server().streamCounts().droppedLarge()).isPositive();
    }

    private LiveServer server(String... more) throws Exception {
        List<String> options =
                new ArrayList<>(PemPair.write(folder, "turn", "turn.test").options());
        options.addAll(List.of("--tcp-listen=127.0.0.1:0", "--tls-listen=127.0.0.1:0"));
        options.addAll(List.of(more));
        LiveServer server = LiveServer.start(options.toArray(String[]::new));
        open.add(server);
        return server;
    }

    private Socket connect(LiveServer server, TransportProtocol transport) throws IOException {
        InetSocketAddress address = server.address(transport);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        open.add(0, socket);
        return socket;
    }

    /** Tries anew until a connection is served: the server hears of the end of the one before in its own time. */
    private void untilServed(LiveServer server) throws IOException {
        for (long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L; ; ) {
            try (Socket socket = connect(server, TransportProtocol.TCP)) {
                TestClient.over(socket).binding();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            byte[] unused = wordsUntilClosed(socket); // an alert, at most
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** All that the server says before it ends the connection, by FIN or RST. */
    private static byte[] wordsUntilClosed(Socket socket) throws IOException {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                words.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            // as good an end as another
        }
        return words.toByteArray();
    }
}
