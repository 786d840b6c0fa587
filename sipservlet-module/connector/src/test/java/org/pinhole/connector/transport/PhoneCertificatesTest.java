package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.connector.LogLines;
import org.pinhole.connector.tls.ClientTrust;

/** What phones show of themselves, over real sockets. */
class PhoneCertificatesTest {
    /** For everything up to the last look at a certificate that is good; on a busy machine that may be too little. */
    private static final int SHORTEST_SECONDS = 5;

    private static final int LONGEST_SECONDS = 48;

    private static final int LONGEST_CHAIN = 16 * 1024;

    @TempDir
    File folder;

    @Test
    @Tag("P-3")
    void aSessionEndsWithTheCertificateThatWasShownInItAndTheNextHandshakeLooksAgain() throws Exception {
        int seconds = SHORTEST_SECONDS;
        while (!sessionsEndWithCertificatesOf(seconds)) {
            seconds *= 2;
            assertThat(seconds).as("time enough").isLessThanOrEqualTo(LONGEST_SECONDS);
        }
    }

    /** False when they ended before they had been looked at. */
    private boolean sessionsEndWithCertificatesOf(int seconds) throws Exception {
        PhoneCertificates ours = new PhoneCertificates();
        ClientTrust trust = ClientTrust.asked(true, ours.writeTo(folder));
        Instant end = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
        try (TestConnector older = new TestConnector(folder, trust, ours.phone(end, 0));
                TestConnector newer = new TestConnector(folder, trust, ours.phone(end, 0))) {
            try {
                for (int i = 0; i < 2; i++) {
                    ping(older.startTls(older.connect(), "TLSv1.2"));
                    ping(newer.startTls(newer.connect(), "TLSv1.3"));
                }
            } catch (IOException refused) {
                if (Instant.now().isBefore(end)) {
                    throw refused;
                }
            }
            if (!Instant.now()
                    .isBefore(end.minusSeconds(2))) { // a session's seconds are whole ones, from its handshake's first
                return false;
            }
            assertThat(older.counters().resumedHandshakes()).isEqualTo(1);
            assertThat(newer.counters().resumedHandshakes()).isEqualTo(1);

            await().atMost(Duration.ofSeconds(4L * LONGEST_SECONDS))
                    .until(() -> Instant.now().isAfter(end.plusSeconds(1)));
            assertThatThrownBy(() -> ping(older.startTls(older.connect(), "TLSv1.2")))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("fatal alert: ");
            assertThatThrownBy(() -> ping(newer.startTls(newer.connect(), "TLSv1.3")))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("fatal alert: ");

            for (TestConnector each : new TestConnector[] {older, newer}) { // an alert is sent before it is counted
                await().untilAsserted(() ->
                        assertThat(each.counters().failedHandshakes()).containsEntry("certificate", 1L));
            }
            assertThat(older.counters().resumedHandshakes()).isEqualTo(1);
            assertThat(newer.counters().resumedHandshakes()).isEqualTo(1);
            return true;
        }
    }

    @Test
    void whoHasOneCertificateHasSoManyFlowsOnWhichNobodyElseIsAuthenticated() throws Exception {
        PhoneCertificates ours = new PhoneCertificates();
        ClientTrust trust = ClientTrust.asked(true, ours.writeTo(folder));
        TestConnector.Plan two = new TestConnector.Plan(folder)
                .admission(Admission.AUTHENTICATED)
                .setting("pinhole.limits.flows-per-user", "2");
        Instant end = Instant.now().plus(Duration.ofDays(1));
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector(two, trust, ours.phone(end, 0));
                SSLSocket bobs = opened(connector, 1)) {
            connector.flows().flows().iterator().next().authenticated("bob");
            try (SSLSocket oldest = opened(connector, 2);
                    SSLSocket older = opened(connector, 3);
                    SSLSocket newest = connector.connectTls()) {
                assertThat(ConnectorEntryTest.readToEnd(oldest)).isEmpty();

                await().untilAsserted(() ->
                        assertThat(connector.counters().closedFlows()).containsEntry("superseded", 1L));
                for (SSLSocket phone : new SSLSocket[] {bobs, older, newest}) {
                    ping(phone);
                }
                assertThat(log.with("certificate of CN=alice by CN=our phones: has more than 2 flows"))
                        .singleElement()
                        .asString()
                        .contains("WARN", "pinhole.limits.flows-per-user");
            }
        }
    }

    private static SSLSocket opened(TestConnector connector, int flows) throws Exception {
        SSLSocket phone = connector.connectTls();
        await().until(() -> connector.listener().openFlows() == flows);
        return phone;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aChainOfMoreThan16KibIsRefusedBeforeAllOfItIsKept(String version) throws Exception {
        PhoneCertificates ours = new PhoneCertificates();
        Instant end = Instant.now().plus(Duration.ofDays(1));
        ClientTrust trust = ClientTrust.asked(true, ours.writeTo(folder));
        try (TestConnector connector = new TestConnector(folder, trust, ours.phone(end, LONGEST_CHAIN - 1024))) {
            ping(connector.startTls(connector.connect(), version));
            assertThat(connector.counters().fullHandshakes()).isEqualTo(1);
        }
        try (TestConnector connector = new TestConnector(folder, trust, ours.phone(end, LONGEST_CHAIN))) {
            assertThatThrownBy(() -> ping(connector.startTls(connector.connect(), version)))
                    .isInstanceOf(IOException.class);
            assertThat(connector.counters().fullHandshakes()).isZero();
        }
    }

    /** In TLS 1.3 a phone hears of the refusal of its certificate with the first answer. */
    private static void ping(SSLSocket phone) throws IOException {
        try (SSLSocket open = phone) {
            open.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            new DataInputStream(open.getInputStream()).readFully(new byte[2]);
        }
    }
}
