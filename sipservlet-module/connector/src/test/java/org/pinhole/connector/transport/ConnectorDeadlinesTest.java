package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.File;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;

/** What becomes of connections that let their time pass, over real sockets. Nearly all of it is waiting, so they wait together. */
class ConnectorDeadlinesTest {
    /** The fatal alert handshake_failure, in a TLS record. */
    private static final String ALERT = "\u0015\u0003\u0003\0\u0002\u0002(";

    /** In seconds, for what is to be said before: a busy machine gives a process no processor for some of them. */
    private static final int LONG_ENOUGH = 10;

    private static final Caps MANY = new Caps(9, 9, 9);

    @TempDir
    File folder;

    @Test
    @Execution(CONCURRENT)
    void aMessageThatComesOctetByOctetIsGivenUpInTime() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(60, LONG_ENOUGH, 60));
                Socket phone = connector.connectTls()) {
            ConnectorEntryTest.send(
                    phone, "MESSAGE sip:a SIP/2.0\r\n\r\nMESSAGE sip:a SIP/2.0\r\n"); // the first is complete

            assertThat(ConnectorEntryTest.readToEnd(phone)).isNotNull();
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("malformed", 1L));
        }
    }

    @Test
    @Execution(CONCURRENT)
    void whoSaysNothingOrStopsInTheHandshakeGetsAnAlertAtItsDeadline() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(1, 60, 60));
                Socket silent = connector.connect();
                Socket stalled = connector.connect()) {
            stalled.getOutputStream().write(ConnectorEntryTest.HANDSHAKE_BEGINS);

            assertThat(ConnectorEntryTest.readToEnd(silent)).isEqualTo(ALERT);
            assertThat(ConnectorEntryTest.readToEnd(stalled)).isEqualTo(ALERT);
            assertThat(connector.counters().failedHandshakes()).containsEntry("timeout", 2L);
            assertThat(connector.counters().openFlows()).isZero();
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aFlowThatNeverSendsAMessageIsClosedEvenWhileItPings() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(60, LONG_ENOUGH, 60));
                Socket phone = connector.connectTls()) {
            String nothingAsked = "\r\n\r\nSIP/2.0 200 To Nothing\r\nContent-Length: 0\r\n\r\nOPTIONS sip:a";
            phone.getOutputStream().write(nothingAsked.getBytes(US_ASCII));

            assertThat(ConnectorEntryTest.readToEnd(phone)).isEqualTo("\r\n");
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("no-message", 1L));
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aFlowThatIsSilentForTooLongIsClosedAndAPingIsNoSilence() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(60, 60, LONG_ENOUGH));
                Socket phone = connector.connectTls()) {
            long opened = System.nanoTime();
            phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));

            assertThat(ConnectorEntryTest.readToEnd(phone)).isEqualTo("\r\n");
            assertThat(System.nanoTime() - opened).isGreaterThan(LONG_ENOUGH * 1_000_000_000L - 100_000_000L);
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("idle", 1L));
        }
    }

    @Test
    @Execution(CONCURRENT)
    void everyConnectionIsCountedUnderOneReasonAlthoughItsDeadlinePassesWhileItEnds() throws Exception {
        try (TestConnector connector = new TestConnector(folder, limits(LONG_ENOUGH, 60, 60))) {
            connector.connect().close();
            connector.connectTls().close();
            everyOtherIsTimedOutOrIsNoTls(connector);

            await().untilAsserted(() -> {
                Map<String, Long> failed = connector.counters().failedHandshakes();
                assertThat(failed).containsEntry("closed", 1L);
                assertThat(failed.values().stream().mapToLong(Long::longValue).sum())
                        .as("closed, timed out, or not TLS: %s", failed)
                        .isEqualTo(5);
                assertThat(connector.counters().openFlows()).isZero();
                assertThat(ConnectorEntryTest.decided(connector.counters()))
                        .isEqualTo(connector.counters().acceptedConnections())
                        .isEqualTo(6);
            });
        }
    }

    private static void everyOtherIsTimedOutOrIsNoTls(TestConnector connector) throws Exception {
        try (Socket garbage = connector.connect();
                Socket noHello = connector.connect();
                Socket silent = connector.connect();
                Socket stalled = connector.connect()) {
            stalled.getOutputStream().write(ConnectorEntryTest.HANDSHAKE_BEGINS);
            TimeUnit.MILLISECONDS.sleep(LONG_ENOUGH * 1000L - 500); // so late that the deadline falls into their end
            ConnectorEntryTest.send(garbage, "OPTIONS sip:a SIP/2.0\r\n\r\n");
            noHello.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 4, 9, 0, 0, 0});

            assertThat(ConnectorEntryTest.readToEnd(silent)).isEqualTo(ALERT); // nothing is said there before
            assertThat(ConnectorEntryTest.readToEnd(stalled)).isEqualTo(ALERT);
            for (Socket ending : new Socket[] {garbage, noHello, silent, stalled}) {
                await().until(() -> ConnectorEntryTest.isClosedByPeer(ending));
            }
        }
    }

    @Test
    @Execution(CONCURRENT)
    void inTheClearAFirstPingFromWhereAProxyIsIsAnsweredOnceItIsNoHeader() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY, "tcp", "127.0.0.9");
                Socket phone = connector.connectFrom("127.0.0.9")) {
            long sent = System.nanoTime();
            ConnectorEntryTest.ping(phone);
            assertThat(System.nanoTime() - sent).isGreaterThan(900_000_000L);

            ConnectorEntryTest.ping(phone);
            assertThat(connector.counters().pongs()).isEqualTo(2);
        }
    }

    private static Limits limits(int handshakeSeconds, int firstMessageSeconds, int idleSeconds) {
        return new Limits(
                new ConnectionLimits(MANY, MANY, MANY),
                new Deadlines(handshakeSeconds, firstMessageSeconds, idleSeconds),
                TestConnector.sizes());
    }
}
