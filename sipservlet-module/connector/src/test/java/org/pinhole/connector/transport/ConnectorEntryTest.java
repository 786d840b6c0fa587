package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.connector.LogLines;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;

/** What becomes of connections before they are flows, over real sockets. */
class ConnectorEntryTest {
    static final byte[] HANDSHAKE_BEGINS = {0x16, 3, 1, 1, 0, 1};

    /** The fatal alert internal_error: nothing that the phone did. */
    static final String OUR_REASONS = "\u0015\u0003\u0003\0\u0002\u0002P";

    private static final Caps MANY = new Caps(9, 9, 9);
    private static final Duration STALLED = Duration.ofSeconds(2);

    @TempDir
    File folder;

    @Test
    @Tag("O-1")
    void aPhoneIsAnsweredItsPingBeforeItHasSentAnyMessage() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket phone = connector.connectTls()) {
            phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            byte[] pong = new byte[2];
            new DataInputStream(phone.getInputStream()).readFully(pong);

            assertThat(new String(pong, US_ASCII)).isEqualTo("\r\n");
            assertThat(connector.counters().pings()).isEqualTo(1);
            assertThat(connector.counters().pongs()).isEqualTo(1);
            assertThat(connector.counters().openFlows()).isEqualTo(1);
        }
    }

    @Test
    @Tag("O-1")
    @Tag("trap-3")
    void aFloodOfPingsIsAnsweredPingForPingWhileOthersAreServed() throws Exception {
        int pings = 100_000;
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket flooder = connector.connectTls();
                Socket other = connector.connectTls()) {
            Thread flood = new Thread(() -> send(flooder, SipStreams.many("\r\n\r\n", pings)));
            flood.start();
            for (int i = 0; i < 100; i++) {
                other.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
                new DataInputStream(other.getInputStream()).readFully(new byte[2]);
            }
            new DataInputStream(flooder.getInputStream()).readFully(new byte[2 * pings]);
            flood.join();

            assertThat(connector.counters().pongs()).isEqualTo(pings + 100L);
        }
    }

    @Test
    void aFlowWhoseConnectionIsResetIsGoneAtOnce() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            Socket raw = connector.connect();
            Socket phone = connector.startTls(raw);
            phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            new DataInputStream(phone.getInputStream()).readFully(new byte[2]);

            raw.setSoLinger(true, 0);
            raw.close();

            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("broken", 1L));
            assertThat(connector.counters().openFlows()).isZero();
            await().untilAsserted(() -> assertThat(connector.flows().flows()).isEmpty());
        }
    }

    @Test
    void aRequestBeyondALimitIsAnsweredAlthoughItsBodyIsStillComing() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket phone = connector.connectTls()) {
            Thread upload = new Thread(
                    () -> send(phone, SipStreams.request("Content-Length: 9999999") + SipStreams.many("x", 9_999_999)));
            upload.start();

            assertThat(readToEnd(phone))
                    .startsWith("SIP/2.0 413 Message Beyond 65536 Bytes\r\nVia: SIP/2.0/TLS 10.1.2.3:5999;rport=")
                    .endsWith("Content-Length: 0\r\n\r\n");
            upload.join();
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("malformed", 1L));
        }
    }

    @Test
    void whatAConnectionHadBegunToSendIsForgottenWhenItEnds() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            try (Socket phone = connector.connectTls()) {
                send(phone, "MESSAGE sip:a SIP/2.0\r\n");
                await().untilAsserted(
                                () -> assertThat(connector.unfinishedOctets()).isPositive());
            }

            await().untilAsserted(() -> assertThat(connector.unfinishedOctets()).isZero());
        }
    }

    @Test
    void whatIsNotTlsIsToldSoAndClosedAndTheNextPhoneIsServed() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            assertThat(answerTo(connector, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("Connection: close\r\n");
            for (String garbage : new String[] {
                "REGISTER sip:pinhole.test SIP/2.0\r\n\r\n", "\r\n\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n", "\0\0\0"
            }) {
                assertThat(answerTo(connector, garbage)).isEqualTo("\u0015\u0003\u0003\0\u0002\u0002\n");
            }
            assertThat(connector.counters().failedHandshakes()).containsEntry("not-tls", 5L);
            connector.connectTls().close();
        }
    }

    @Test
    void whatIsNoSipOnAConnectorInTheClearIsToldSoAndClosed() throws Exception {
        String hello = new String(ConnectorTlsTest.hello("edge.pinhole.test"), ISO_8859_1);
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY, "tcp", "")) {
            assertThat(answerTo(connector, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n");
            for (String garbage : new String[] {
                "\1\2\3", "hello there\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n", SipStreams.many("x", 20_000)
            }) {
                assertThat(answerTo(connector, garbage)).startsWith("SIP/2.0 400 Bad Request\r\n");
            }
            assertThat(answerTo(connector, hello)).isEqualTo("\u0015\u0003\u0003\0\u0002\u0002\n");
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("malformed", 6L));
        }
    }

    @Test
    void aSourceThatHasAsManyKnownPhonesAsItMayIsRefusedUntilOneOfThemEnds() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(new Caps(9, 1, 9), MANY, MANY))) {
            try (Socket first = connector.connectTls()) {
                isServed(first, connector);
                try (Socket second = connector.connect()) {
                    assertThat(readToEnd(second)).isEqualTo(OUR_REASONS);
                }
                ping(first);
                assertThat(connector.counters().refusedConnections()).containsEntry("source", 1L);
            }
            await().ignoreExceptions()
                    .untilAsserted(() -> connector.connectTls().close());
        }
    }

    @Test
    void silentConnectionsKeepNobodyOutTheOldestMakesRoomAndIsToldSo() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(MANY, new Caps(9, 2, 9), MANY));
                Socket flow = connector.connectTls()) {
            ping(flow);
            try (Socket oldest = connector.connect();
                    Socket older = connector.connect();
                    Socket phone = connectTlsAfter(STALLED, 3, connector)) {
                ping(phone);
                assertThat(readToEnd(oldest)).isEqualTo(OUR_REASONS);
                assertThat(isClosedByPeer(older)).isFalse();
            }

            ping(flow);
            assertThat(connector.counters().refusedConnections()).containsEntry("source-handshakes", 1L);
        }
    }

    @Test
    void whoHasShakenHandsAndIsNotKnownMakesRoomTooHoweverMuchItSays() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(MANY, MANY, new Caps(9, 2, 9)));
                Socket known = connector.connectTls()) {
            isServed(known, connector);
            try (Socket oldest = connector.connectTls()) {
                speak(oldest, connector);
                try (Socket older = connector.connectTls();
                        Socket phone = connectTlsAfter(STALLED, 3, connector)) {
                    ping(phone);
                    assertThat(readToEnd(oldest)).isEmpty();
                    ping(older);
                }
            }

            ping(known);
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("crowded-out", 1L));
        }
    }

    @Test
    void whatIsUnfinishedBeyondItsBudgetEndsWhoHasHeldSomeForTheLongestTimeInItsHandshakeByAnAlert() throws Exception {
        byte[] begun = new byte[12_000];
        System.arraycopy(new byte[] {0x16, 3, 1, 0x40, 0}, 0, begun, 0, 5);
        assertTheFirstMakesRoom("tls", begun, OUR_REASONS, ConnectorCounters::refusedConnections, "memory");
    }

    @Test
    void andOnAFlowByAClose() throws Exception {
        byte[] begun = ("MESSAGE sip:a SIP/2.0\r\nSubject: " + SipStreams.many("x", 12_000)).getBytes(US_ASCII);
        assertTheFirstMakesRoom("tcp", begun, "", ConnectorCounters::closedFlows, "crowded-out");
    }

    private void assertTheFirstMakesRoom(
            String scheme,
            byte[] begun,
            String lastWords,
            Function<ConnectorCounters, Map<String, Long>> ended,
            String reason)
            throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector.Plan(folder)
                        .scheme(scheme)
                        .unfinished(1024 * 1024) // a quarter of it for one network
                        .open()) {
            while (sum(ended.apply(connector.counters())) == 0) {
                long before = connector.unfinishedOctets();
                strangers.add(connector.connect());
                strangers.get(strangers.size() - 1).getOutputStream().write(begun);
                await().until(() ->
                        connector.unfinishedOctets() > before || sum(ended.apply(connector.counters())) > 0);
                assertThat(strangers).hasSizeLessThan(25);
            }

            assertThat(readToEnd(strangers.get(0))).isEqualTo(lastWords);
            assertThat(ended.apply(connector.counters())).containsEntry(reason, 1L);
            assertThat(isClosedByPeer(strangers.get(strangers.size() - 1))).isFalse();
            assertThat(log.with("closed to make room: too much is held of what has no end yet"))
                    .singleElement()
                    .asString()
                    .contains("WARN");
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenMeanwhileIsListenedOnAgainOnceItIsFreeButNotAfterTheEnd() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            connector.drain();
            connector.awaitItsPortFree();
            ServerSocket other = new ServerSocket(connector.port(), 1, InetAddress.getLoopbackAddress());
            assertThatThrownBy(() -> connector.listener().resume()).isInstanceOf(IOException.class);
            other.close();

            connector.listener().resume();
            connector.connectTls().close();

            connector.listener().close();
            connector.listener().resume();
            connector.awaitItsPortFree();
        }
    }

    @Test
    void aDrainSendsAwayWhoIsInItsHandshakeAndLeavesFlowsOpen() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket flow = connector.connectTls();
                Socket silent = connector.connect();
                Socket stalled = connector.connect()) {
            ping(flow);
            stalled.getOutputStream().write(HANDSHAKE_BEGINS);
            await().until(() -> connector.counters().acceptedConnections() == 3);

            connector.drain();

            assertThat(readToEnd(silent)).isEqualTo(OUR_REASONS);
            assertThat(readToEnd(stalled)).isEqualTo(OUR_REASONS);
            ping(flow);
            assertThat(connector.counters().refusedConnections()).containsEntry("draining", 2L);
            assertThat(decided(connector.counters())).isEqualTo(3);
        }
    }

    private static Limits limits(Caps connections, Caps handshakes, Caps strangers) {
        return new Limits(
                new ConnectionLimits(connections, handshakes, strangers),
                new Deadlines(60, 60, 60),
                TestConnector.sizes());
    }

    private static Socket connectTlsAfter(Duration time, int connections, TestConnector connector) throws Exception {
        connector.leaps(time, connections);
        return connector.connectTls();
    }

    private static void speak(Socket phone, TestConnector connector) throws IOException {
        long before = connector.counters().messagesIn();
        phone.getOutputStream().write("MESSAGE sip:a SIP/2.0\r\n\r\n".getBytes(US_ASCII));
        await().until(() -> connector.counters().messagesIn() > before);
    }

    /** Where nobody is authenticated, whoever is served is known. */
    static void isServed(Socket phone, TestConnector connector) {
        await().until(() -> connector.flows().flows().stream()
                .filter(flow -> flow.remoteAddress().getPort() == phone.getLocalPort())
                .peek(flow -> ((SipFlow) flow).served())
                .findAny()
                .isPresent());
    }

    static void ping(Socket flow) throws IOException {
        flow.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
        byte[] pong = new byte[2];
        new DataInputStream(flow.getInputStream()).readFully(pong);
        assertThat(new String(pong, US_ASCII)).isEqualTo("\r\n");
    }

    static long decided(ConnectorCounters counters) {
        return sum(counters.refusedConnections())
                + sum(counters.failedHandshakes())
                + sum(counters.closedFlows())
                + counters.openFlows();
    }

    private static long sum(Map<String, Long> reasons) {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether nobody is there any more; a peer that has only said its last words still is. */
    static boolean isClosedByPeer(Socket socket) {
        try {
            socket.getOutputStream().write(0);
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Writes as far as the connector takes it. */
    static void send(Socket socket, String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(US_ASCII));
        } catch (IOException closed) {
            assertThat(closed).isNotNull(); // the connector has had enough
        }
    }

    private static String answerTo(TestConnector connector, String text) throws IOException {
        try (Socket stranger = connector.connect()) {
            stranger.getOutputStream().write(text.getBytes(ISO_8859_1));
            return readToEnd(stranger);
        }
    }

    static String readToEnd(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.write(next);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return new String(all.toByteArray(), US_ASCII);
    }
}
