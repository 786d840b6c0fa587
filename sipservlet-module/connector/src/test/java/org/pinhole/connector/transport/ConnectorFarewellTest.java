package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.connector.LeakWatch;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;

/**
 * Whenever we are the one to end a TLS connection, the phone is told so by close_notify (RFC 8446 §6.1). The build runs
 * these with {@code com.sun.net.ssl.requireCloseNotify}: to a socket of the JDK an end without one is an error.
 */
@Tag("P-3")
@Tag("jdk-engine")
class ConnectorFarewellTest {
    private static final int HANDSHAKE_RECORD = 22;
    private static final int ALERT_RECORD = 21;
    private static final ConnectionLimits CONNECTIONS =
            new ConnectionLimits(new Caps(9, 9, 9), new Caps(9, 9, 9), new Caps(9, 9, 9));

    @TempDir
    File folder;

    @BeforeEach
    void anEndWithoutCloseNotifyIsAnError() {
        assertThat(System.getProperty("com.sun.net.ssl.requireCloseNotify")).isEqualTo("true");
    }

    @Test
    void whoIsSilentTooLong() throws Exception {
        isToldTheEndWith(new Deadlines(60, 60, 2));
    }

    @Test
    void whoNeverSaysAnything() throws Exception {
        isToldTheEndWith(new Deadlines(60, 2, 60));
    }

    private void isToldTheEndWith(Deadlines deadlines) throws Exception {
        Limits hasty = new Limits(CONNECTIONS, deadlines, TestConnector.sizes());
        try (TestConnector connector = new TestConnector(folder, hasty);
                SSLSocket older = connector.startTls(connector.connect(), "TLSv1.2");
                SSLSocket newer = connector.startTls(connector.connect(), "TLSv1.3")) {
            assertThat(ConnectorEntryTest.readToEnd(older)).isEmpty();
            assertThat(ConnectorEntryTest.readToEnd(newer)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("trap-14")
    void whoTalksGarbageOrBeyondALimit(String version) throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            assertThat(answerTo(connector, version, "\u0001\u0002garbage\r\n\r\n"))
                    .startsWith("SIP/2.0 400 ");
            assertThat(answerTo(connector, version, SipStreams.request("Content-Length: -1")))
                    .startsWith("SIP/2.0 400 ");
            assertThat(answerTo(connector, version, SipStreams.request("Content-Length: 9999999")))
                    .startsWith("SIP/2.0 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoIsThereWhenTheConnectorIsDrainedOrClosed(String version) throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                SSLSocket drained = connector.startTls(connector.connect(), version)) {
            await().until(() -> connector.listener().openFlows() == 1);
            connector.listener().closeFlows(1);
            assertThat(ConnectorEntryTest.readToEnd(drained)).isEmpty();
            await().until(() -> connector.listener().openFlows() == 0);

            try (SSLSocket last = connector.startTls(connector.connect(), version)) {
                await().until(() -> connector.listener().openFlows() == 1);
                connector.listener().close();
                assertThat(ConnectorEntryTest.readToEnd(last)).isEmpty();
            }
        }
    }

    /** So that a drain can spread over its window. */
    @Test
    void asManyAreClosedAsAreToBeAndTheOthersAreServed() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                SSLSocket one = connector.connectTls();
                SSLSocket two = connector.connectTls();
                SSLSocket three = connector.connectTls()) {
            List<SSLSocket> phones = Arrays.asList(one, two, three);
            await().until(() -> connector.listener().openFlows() == 3);

            assertThat(connector.listener().closeFlows(1)).isEqualTo(1);
            await().until(() -> connector.listener().openFlows() < 3);
            assertThat(phones.stream().filter(ConnectorFarewellTest::isPonged)).hasSize(2);
            assertThat(connector.listener().closeFlows(0)).isZero();
            assertThat(connector.listener().openFlows()).isEqualTo(2);

            assertThat(connector.listener().closeFlows(9)).isEqualTo(2);
            await().until(() -> connector.listener().openFlows() == 0);
            assertThat(phones.stream().filter(ConnectorFarewellTest::isPonged)).isEmpty();
        }
    }

    private static boolean isPonged(Socket phone) {
        try {
            phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            return phone.getInputStream().read() == '\r'
                    && phone.getInputStream().read() == '\n';
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void whoIsInItsHandshakeWhenTheConnectorIsClosedIsToldByAnAlertAndLeavesNothingBehind() throws Exception {
        byte[] hello = ConnectorTlsTest.hello("edge.pinhole.test");
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket begun = connector.connect();
                Socket answered = connector.connect()) {
            begun.getOutputStream().write(hello, 0, hello.length / 2);
            await().until(() -> connector.unfinishedOctets() > 0); // closed over octets unread TCP only resets
            answered.getOutputStream().write(hello);
            assertThat(answered.getInputStream().read()).isEqualTo(HANDSHAKE_RECORD);

            connector.listener().close();

            assertThat(begun.getInputStream().read()).isEqualTo(ALERT_RECORD);
            assertThat(ConnectorEntryTest.readToEnd(answered)) // behind the rest of our part of the handshake
                    .endsWith("\u0015\u0003\u0003\0\u0002\u0002P");
        }
        assertThat(LeakWatch.leaks()).isEmpty();
    }

    private static String answerTo(TestConnector connector, String version, String octets) throws IOException {
        try (Socket phone = connector.startTls(connector.connect(), version)) {
            phone.getOutputStream().write(octets.getBytes(US_ASCII));
            return ConnectorEntryTest.readToEnd(phone);
        }
    }
}
