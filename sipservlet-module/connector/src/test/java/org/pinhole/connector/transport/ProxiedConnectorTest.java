package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.api.Flow;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;

/** Connections that come through a proxy, over real sockets. */
class ProxiedConnectorTest {
    private static final String V1 = "PROXY TCP4 203.0.113.7 192.0.2.1 40122 443\r\n";
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String V2_IPV6 = SIGNATURE + "!!\0$ \u0001\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\u0007"
            + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u0001\u009c\u00ba\u0001\u00bb";
    private static final String V2_LOCAL = SIGNATURE + " \0\0\0";
    private static final String PING = "\r\n\r\n";

    @TempDir
    File folder;

    @Test
    void theTrueAddressIsTheFlowsBehindEitherVersionOfTheHeader() throws Exception {
        try (TestConnector connector = proxied("tls+proxy", TestConnector.ROOMY)) {
            assertThat(remoteAddressAfter(connector, V1)).isEqualTo("203.0.113.7:40122");
            assertThat(remoteAddressAfter(connector, V2_IPV6)).isEqualTo("2001:db8:0:0:0:0:0:7:40122");
        }
    }

    @Test
    void aProxyThatSpeaksForItselfHasItsOwnAddress() throws Exception {
        try (TestConnector connector = proxied("tls+proxy", TestConnector.ROOMY)) {
            assertThat(remoteAddressAfter(connector, V2_LOCAL)).startsWith("127.0.0.1:");
            assertThat(remoteAddressAfter(connector, "PROXY UNKNOWN\r\n")).startsWith("127.0.0.1:");
        }
    }

    @Test
    void sipInTheClearMayFollowTheHeaderInTheSamePiece() throws Exception {
        try (TestConnector connector = proxied("tcp+proxy", TestConnector.ROOMY);
                Socket proxy = connector.connect()) {
            send(proxy, V1 + PING);
            byte[] pong = new byte[2];
            new DataInputStream(proxy.getInputStream()).readFully(pong);

            assertThat(new String(pong, ISO_8859_1)).isEqualTo("\r\n");
            assertThat(connector.flows().flows())
                    .extracting(Flow::remoteAddress)
                    .hasToString("[/203.0.113.7:40122]");
        }
    }

    @Test
    void whoIsNotListedIsClosedUnheard() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY, "tcp+proxy", "192.0.2.0/24");
                Socket stranger = connector.connect()) {
            assertThat(readToEnd(stranger)).isEmpty();
            assertThat(connector.counters().refusedConnections()).containsEntry("proxy-source", 1L);
        }
    }

    @Test
    void whatIsNoHeaderIsClosedAndAPingIsNoneEither() throws Exception {
        try (TestConnector connector = proxied("tcp+proxy", TestConnector.ROOMY)) {
            for (String start : new String[] {
                "\r\n\r\n\r\n\r\n",
                "OPTIONS sip:a SIP/2.0\r\n",
                "PROXY TCP4 junk\r\n",
                "PROXY TCP4 1.2.3.4" + SipStreams.many("x", 200)
            }) {
                try (Socket proxy = connector.connect()) {
                    send(proxy, start);

                    assertThat(readToEnd(proxy)).as(start).isEmpty();
                }
            }
            assertThat(connector.counters().refusedConnections()).containsEntry("proxy-header", 4L);
            assertThat(connector.counters().pings()).isZero();
        }
    }

    @Test
    void aHeaderThatDoesNotComeInTimeIsNotWaitedFor() throws Exception {
        Limits limits = new Limits(
                new ConnectionLimits(new Caps(9, 9, 9), new Caps(9, 9, 9), new Caps(9, 9, 9)),
                new Deadlines(1, 60, 60),
                TestConnector.sizes());
        try (TestConnector connector = proxied("tcp+proxy", limits);
                Socket proxy = connector.connect()) {
            send(proxy, "\r\n\r\n\0");

            assertThat(readToEnd(proxy)).isEmpty();
            assertThat(connector.counters().refusedConnections()).containsEntry("proxy-header", 1L);
        }
    }

    @Test
    void theCapsAreThoseOfTheTrueSource() throws Exception {
        Limits limits = new Limits(
                new ConnectionLimits(new Caps(9, 1, 9), new Caps(9, 9, 9), new Caps(9, 9, 9)),
                new Deadlines(60, 60, 60),
                TestConnector.sizes());
        try (TestConnector connector = proxied("tcp+proxy", limits);
                Socket first = connector.connect();
                Socket another = connector.connect();
                Socket second = connector.connect()) {
            for (Socket admitted : new Socket[] {first, another}) {
                send(admitted, V1.replace(".7 ", admitted == first ? ".7 " : ".8 ") + PING);
                assertThat(admitted.getInputStream().read()).isEqualTo('\r');
            }
            connector.leaps(Duration.ofSeconds(2), 2);
            send(second, V1 + PING);

            assertThat(readToEnd(first)).isEqualTo("\n"); // it has proved nothing, and stands still
            assertThat(second.getInputStream().read()).isEqualTo('\r');
            send(another, PING);
            assertThat(another.getInputStream().read()).isEqualTo('\n');
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("crowded-out", 1L));
        }
    }

    @Test
    void aHeaderOnAConnectorThatExpectsNoneIsRefusedAndIsNoPing() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY, "tcp", "127.0.0.1");
                Socket proxy = connector.connect()) {
            send(proxy, V2_LOCAL);

            assertThat(readToEnd(proxy)).isEmpty();
            assertThat(connector.counters().pongs()).isZero();
            assertThat(connector.counters().pings()).isZero();
        }
    }

    private TestConnector proxied(String scheme, Limits limits) throws Exception {
        return new TestConnector(folder, limits, scheme, "127.0.0.1");
    }

    private static String remoteAddressAfter(TestConnector connector, String header) throws IOException {
        try (Socket proxy = connector.connect()) {
            send(proxy, header);
            try (Socket phone = connector.startTls(proxy)) {
                send(phone, PING);
                assertThat(phone.getInputStream().read()).isEqualTo('\r');
                Flow newest = connector.flows().flows().stream()
                        .filter(Flow::open)
                        .reduce((earlier, later) -> later)
                        .orElseThrow(AssertionError::new);
                newest.close("seen");
                await().until(() -> !newest.open());
                return newest.remoteAddress().getAddress().getHostAddress()
                        + ':'
                        + newest.remoteAddress().getPort();
            }
        }
    }

    private static void send(Socket socket, String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
    }

    private static String readToEnd(Socket socket) throws IOException {
        return ConnectorEntryTest.readToEnd(socket);
    }
}
