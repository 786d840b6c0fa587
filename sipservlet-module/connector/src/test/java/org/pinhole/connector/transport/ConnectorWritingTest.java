package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.connector.LogLines;

/** What goes out to a phone, over real sockets. */
class ConnectorWritingTest {
    /** Less than the write queue takes, should the phone read nothing meanwhile. */
    private static final int MESSAGES = 150;

    private static final int PINGS = 300;

    @TempDir
    File folder;

    @Test
    @Tag("O-1")
    @Tag("trap-3")
    void aPongNeverFallsIntoAMessageThatIsBeingWritten() throws Exception {
        byte[] message = message();
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                SSLSocket phone = connector.connectTls()) {
            SipFlow flow = flowOf(connector);
            flow.authenticated("alice"); // as whoever is sent as much
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(flow, message));
            CompletableFuture<Void> pinging = CompletableFuture.runAsync(() -> ping(phone));

            DataInputStream in = new DataInputStream(new BufferedInputStream(phone.getInputStream()));
            int messages = 0;
            int pongs = 0;
            while (messages < MESSAGES || pongs < PINGS) {
                in.mark(1);
                boolean pong = in.read() == '\r';
                in.reset();
                byte[] next = new byte[pong ? 2 : message.length];
                in.readFully(next);
                assertThat(next).isEqualTo(pong ? "\r\n".getBytes(US_ASCII) : message);
                if (pong) {
                    pongs++;
                } else {
                    messages++;
                }
            }

            finish(sending);
            finish(pinging);
            assertThat(connector.counters().pongs()).isEqualTo(PINGS);
        }
    }

    @Test
    @Tag("O-1")
    void aPingWhoseEveryOctetIsATlsRecordOfItsOwnIsAnsweredOnce() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                SSLSocket phone = connector.connectTls()) {
            for (byte octet : "\r\n\r\n\r\n\r\n".getBytes(US_ASCII)) {
                phone.getOutputStream().write(octet);
            }
            byte[] pongs = new byte[4];
            new DataInputStream(phone.getInputStream()).readFully(pongs);

            assertThat(new String(pongs, US_ASCII)).isEqualTo("\r\n\r\n");
            assertThat(connector.counters().pings()).isEqualTo(2);
            assertThat(connector.counters().pongs()).isEqualTo(2);
        }
    }

    @Test
    @Tag("O-1")
    void aPongWaitsForNoCall() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                SSLSocket phone = connector.connectTls()) {
            keepAllThreadsBusyUntil(end);

            phone.getOutputStream().write(message());
            phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            new DataInputStream(phone.getInputStream()).readFully(new byte[2]);

            assertThat(connector.counters().messagesIn()).isEqualTo(1);
        } finally {
            end.countDown();
        }
    }

    /** As long as calls wait for a thread, the event loop is left alone for a moment; no longer, and closing waits for it. */
    @Test
    void whatIsSentBeforeAFlowIsClosedReachesThePhoneHoweverManyCallsWait() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        byte[] message = message();
        byte[] received = new byte[message.length];
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                SSLSocket phone = connector.connectTls()) {
            SipFlow flow = flowOf(connector);
            keepAllThreadsBusyUntil(end);

            DataInputStream in = new DataInputStream(phone.getInputStream());
            flow.send(message);
            in.readFully(received);
            assertThat(received).isEqualTo(message);

            flow.send(message);
            flow.close("on purpose");
            in.readFully(received);
            assertThat(received).isEqualTo(message);
            assertThat(in.read()).isEqualTo(-1);
        } finally {
            end.countDown();
        }
    }

    private static void keepAllThreadsBusyUntil(CountDownLatch end) throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        for (int call = 0; call < 256; call++) { // more than there are threads
            CallThreads.OF_THIS_PROCESS.execute("call " + call, () -> {
                waiting.countDown();
                awaitUninterruptibly(end);
            });
        }
        assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Tag("P-7")
    @Tag("trap-7")
    void whatIsSentOnADeadFlowFailsAtOnceAndNobodyIsDialled() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            SSLSocket phone = connector.connectTls();
            SipFlow flow = flowOf(connector);
            phone.close();
            await().until(() -> !flow.open());

            assertThatThrownBy(() -> flow.send(message()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is closed");
            assertThat(connector.counters().acceptedConnections()).isEqualTo(1);
            assertThat(connector.counters().messagesOut()).isZero();
        }
    }

    @Test
    void aPhoneThatReadsNothingIsClosedWithTheReasonAsSoonAsSoManyOctetsWait() throws Exception {
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector.Plan(folder)
                        .scheme("tcp")
                        .setting("pinhole.limits.write-queue-bytes", "65536")
                        .setting("pinhole.limits.write-queue-seconds", "300")
                        .open();
                Socket phone = connector.connect()) {
            SipFlow flow = flowOf(connector);
            flow.authenticated("alice");

            assertThatThrownBy(() -> sendAll(flow, message(), 100_000))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("its write queue is full");

            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("not-read", 1L));
            assertThat(connector.counters().queueDrops()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(log.with("closed: the phone does not read: 65536 bytes are waiting"))
                    .hasSize(1));
            assertThat(phone.isConnected()).isTrue();
        }
    }

    /** Nor does his registration count as his call for help did. */
    @Test
    @Tag("P-4")
    void whoWasOnlyLetInIsNobodyOnceSomebodyIsAuthenticated() throws Exception {
        try (TestConnector connector = new TestConnector.Plan(folder)
                        .setting("pinhole.limits.flows-per-user", "1")
                        .open();
                SSLSocket first = connector.connectTls();
                SSLSocket second = connector.connectTls()) {
            await().until(() -> connector.listener().openFlows() == 2);
            SipFlow flow = flowOf(connector, first);
            flow.letIn("a caller for help");
            assertThat(flow.identity()).isEqualTo("a caller for help");

            flow.authenticated("alice");
            flow.authenticated("bob");
            flow.letIn("a caller for help");
            flowOf(connector, second).letIn("a caller for help");

            assertThat(flow.identity()).isEqualTo("alice");
            for (SSLSocket phone : new SSLSocket[] {first, second}) {
                phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
                new DataInputStream(phone.getInputStream()).readFully(new byte[2]);
            }
        }
    }

    @Test
    void aUserWithTooManyFlowsLosesTheOldestAndTheLogSaysWhy() throws Exception {
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector.Plan(folder)
                        .setting("pinhole.limits.flows-per-user", "2")
                        .open();
                SSLSocket first = connector.connectTls();
                SSLSocket second = connector.connectTls();
                SSLSocket bobs = connector.connectTls();
                SSLSocket third = connector.connectTls()) {
            await().until(() -> connector.listener().openFlows() == 4);
            flowOf(connector, first).authenticated("alice");
            flowOf(connector, second).authenticated("alice");
            flowOf(connector, bobs).authenticated("bob");
            flowOf(connector, third).authenticated("alice");

            assertThat(ConnectorEntryTest.readToEnd(first)).isEmpty(); // and a close_notify
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("superseded", 1L));
            for (SSLSocket phone : new SSLSocket[] {second, bobs, third}) {
                phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
                new DataInputStream(phone.getInputStream()).readFully(new byte[2]);
            }
            await().untilAsserted(() -> assertThat(
                            log.with("closed: its user has more than 2 flows (pinhole.limits.flows-per-user)"))
                    .hasSize(1));
            assertThat(log.with("alice: has more than 2 flows (pinhole.limits.flows-per-user)"))
                    .singleElement()
                    .asString()
                    .contains("WARN");
        }
    }

    private static SipFlow flowOf(TestConnector connector, SSLSocket phone) {
        return (SipFlow) connector.flows().flows().stream()
                .filter(flow -> flow.remoteAddress().getPort() == phone.getLocalPort())
                .findAny()
                .orElseThrow(AssertionError::new);
    }

    private static SipFlow flowOf(TestConnector connector) {
        await().until(() -> connector.listener().openFlows() == 1);
        return (SipFlow) connector.flows().flows().iterator().next();
    }

    private static byte[] message() {
        return ("OPTIONS sip:phone SIP/2.0\r\nContent-Length: 5000\r\n\r\n" + SipStreams.many("b", 5000))
                .getBytes(US_ASCII);
    }

    private static void send(SipFlow flow, byte[] message) {
        try {
            sendAll(flow, message, MESSAGES);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void sendAll(SipFlow flow, byte[] message, int times) throws IOException {
        for (int sent = 0; sent < times; sent++) {
            flow.send(message);
        }
    }

    private static void ping(SSLSocket phone) {
        try {
            for (int sent = 0; sent < PINGS; sent++) {
                phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void finish(CompletableFuture<Void> work) throws InterruptedException, ExecutionException {
        try {
            work.get(1, TimeUnit.MINUTES);
        } catch (TimeoutException stuck) {
            throw new AssertionError(stuck);
        }
    }
}
