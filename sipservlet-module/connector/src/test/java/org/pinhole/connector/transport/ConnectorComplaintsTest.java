package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.connector.LogLines;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;

/** What the log tells of strangers: each once a minute for each source. Over real sockets, each case from an address of its own. */
class ConnectorComplaintsTest {
    private static final Caps MANY = new Caps(99, 99, 99);
    private static final Duration STALLED = Duration.ofSeconds(2);
    private static final String HANDSHAKE_BEGINS = "\u0016\3\1\1\0\1";

    @TempDir
    File folder;

    @Test
    void whatIsNoTlsAHandshakeThatFailsAndWhatIsNoSipAreOneLineEach() throws Exception {
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            for (int again = 0; again < 3; again++) {
                says(connector.connectFrom("127.0.0.2"), "\0\0\0");
                says(connector.connectFrom("127.0.0.3"), "GET / HTTP/1.1\r\n\r\n");
                connector.connectFrom("127.0.0.4").close();
                leavesAfter(connector.connectFrom("127.0.0.4"), HANDSHAKE_BEGINS);
                says(connector.startTls(connector.connectFrom("127.0.0.5")), "hello there\r\n");
            }
            await().untilAsserted(() -> assertThat(connector.counters().acceptedConnections()
                            - connector.counters().openFlows())
                    .isEqualTo(15));
            await().untilAsserted(() -> {
                assertThat(connector.counters().failedHandshakes())
                        .containsEntry("not-tls", 6L)
                        .containsEntry("closed", 6L);
                assertThat(connector.counters().closedFlows()).containsEntry("malformed", 3L);
            });

            assertOneLine(log, "neither TLS nor HTTP on a TLS port from 127.0.0.2");
            assertOneLine(log, "HTTP in clear on a TLS port from 127.0.0.3");
            assertOneLine(log, "TLS handshake failed: the phone went away from 127.0.0.4");
            assertOneLine(log, "not a SIP start line from 127.0.0.5");
        }
    }

    @Test
    void aLimitThatIsReachedIsNamedWithTheSourceWhatHasToMakeRoomToo() throws Exception {
        Limits narrow = limits(new Caps(99, 3, 99), new Caps(99, 1, 99), new Caps(99, 2, 99));
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector.Plan(folder)
                        .limits(narrow)
                        .admission(Admission.AUTHENTICATED)
                        .open();
                Socket silent = connector.connectFrom("127.0.0.2");
                Socket newer = connectAfter(STALLED, 1, connector);
                Socket newest = connectAfterTheEndOf(silent, connector)) {
            assertThat(newer.getInputStream().read()).isPositive();
            List<Socket> strangers = new ArrayList<>(); // a socket that nobody holds is closed by the collector
            for (int flow = 0; flow < 4; flow++) {
                strangers.add(connector.startTls(connector.connectFrom("127.0.0.3")));
                ping(strangers.get(flow));
                connector.leaps(STALLED, 1 + Math.min(flow + 1, 2));
            }
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("crowded-out", 2L));
            assertThat(newest.isConnected()).isTrue();

            String madeRoom = ": one of its connections was closed to make room: pinhole.limits.";
            assertOneLine(log, "WARN", "127.0.0.2" + madeRoom + "handshakes-per-source is reached");
            assertOneLine(log, "WARN", "127.0.0.3" + madeRoom + "unauthenticated-per-source is reached");
            for (Socket each : strangers) {
                each.close();
            }
        }
    }

    /** Whoever takes the place of one that is told so has it since then. */
    private static Socket connectAfterTheEndOf(Socket silent, TestConnector connector) throws IOException {
        assertThat(silent.getInputStream().read()).isPositive();
        return connectAfter(STALLED, 1, connector);
    }

    private static Socket connectAfter(Duration time, int connections, TestConnector connector) throws IOException {
        connector.leaps(time, connections);
        return connector.connectFrom("127.0.0.2");
    }

    @Test
    void whereNobodyIsAuthenticatedWhoOnlyShakesHandsHasNoLineEitherAndOthersOneFlowAMinute() throws Exception {
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            for (int again = 0; again < 3; again++) {
                try (Socket phone = connector.startTls(connector.connectFrom("127.0.0.2"))) {
                    ping(phone);
                }
            }
            for (int talking = 1; talking <= 3; talking++) {
                long said = talking;
                try (Socket phone = connector.startTls(connector.connectFrom("127.0.0.3"))) {
                    phone.getOutputStream().write("MESSAGE sip:a SIP/2.0\r\n\r\n".getBytes(ISO_8859_1));
                    await().until(() -> connector.counters().messagesIn() == said);
                }
            }
            await().until(() -> connector.counters().openFlows() == 0);

            await().untilAsserted(() ->
                    assertThat(log.with("closed: ")).singleElement().asString().contains("INFO"));
            assertThat(log.with(" opened ")).singleElement().asString().contains("/127.0.0.3:");
        }
    }

    @Test
    void whereAllAreKnownTheNextIsRefusedWithALineEvenIfGarbageCameFromThereBefore() throws Exception {
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector(folder, limits(new Caps(99, 1, 99), MANY, MANY))) {
            says(connector.connectFrom("127.0.0.2"), "\0\0\0");
            await().until(() -> connector.listener().connections() == 0); // until then it has the only place
            try (Socket known = connector.startTls(connector.connectFrom("127.0.0.2"))) {
                ConnectorEntryTest.isServed(known, connector);
                for (int again = 0; again < 2; again++) {
                    assertThat(ConnectorEntryTest.readToEnd(connector.connectFrom("127.0.0.2")))
                            .isEqualTo(ConnectorEntryTest.OUR_REASONS);
                }
            }

            assertOneLine(log, "WARN", "127.0.0.2: refused: pinhole.limits.connections-per-source is reached");
        }
    }

    @Test
    void aStrangersFlowThatIsClosedForItsFaultIsALineToo() throws Exception {
        Limits hasty =
                new Limits(new ConnectionLimits(MANY, MANY, MANY), new Deadlines(60, 1, 60), TestConnector.sizes());
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector.Plan(folder)
                        .limits(hasty)
                        .admission(Admission.AUTHENTICATED)
                        .open();
                Socket one = connector.startTls(connector.connectFrom("127.0.0.2"));
                Socket other = connector.startTls(connector.connectFrom("127.0.0.2"))) {
            assertThat(ConnectorEntryTest.readToEnd(one)).isEmpty();
            assertThat(ConnectorEntryTest.readToEnd(other)).isEmpty();
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("no-message", 2L));

            assertOneLine(log, "flow closed (no SIP request within 1 s) from 127.0.0.2");
        }
    }

    private static void assertOneLine(LogLines log, String words) {
        assertOneLine(log, "INFO", words);
    }

    private static void assertOneLine(LogLines log, String level, String words) {
        await().untilAsserted(() ->
                assertThat(log.with(words)).singleElement().asString().contains(level));
    }

    private static Limits limits(Caps connections, Caps handshakes, Caps strangers) {
        return new Limits(
                new ConnectionLimits(connections, handshakes, strangers),
                new Deadlines(60, 60, 60),
                TestConnector.sizes());
    }

    private static void ping(Socket flow) throws IOException {
        flow.getOutputStream().write("\r\n\r\n".getBytes(ISO_8859_1));
        new DataInputStream(flow.getInputStream()).readFully(new byte[2]);
    }

    private static void leavesAfter(Socket stranger, String octets) throws IOException {
        stranger.getOutputStream().write(octets.getBytes(ISO_8859_1));
        stranger.close();
    }

    private static void says(Socket stranger, String octets) throws IOException {
        try (Socket open = stranger) {
            open.getOutputStream().write(octets.getBytes(ISO_8859_1));
            ConnectorEntryTest.readToEnd(open);
        }
    }
}
