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
import org.pinhole.connector.tls.ClientTrust;

/** What phones show of themselves, over real sockets. */
class PhoneCertificatesTest {
    /** For everything up to the first look at the certificate, on a busy machine. */
    private static final Duration VALID = Duration.ofSeconds(15);

    private static final int LONGEST_CHAIN = 16 * 1024;

    @TempDir
    File folder;

    @Test
    @Tag("P-3")
    void aSessionEndsWithTheCertificateThatWasShownInItAndTheNextHandshakeLooksAgain() throws Exception {
        PhoneCertificates ours = new PhoneCertificates();
        Instant end = Instant.now().plus(VALID).truncatedTo(ChronoUnit.SECONDS);
        ClientTrust trust = ClientTrust.asked(true, ours.writeTo(folder));
        try (TestConnector older = new TestConnector(folder, trust, ours.phone(end, 0));
                TestConnector newer = new TestConnector(folder, trust, ours.phone(end, 0))) {
            for (int i = 0; i < 2; i++) {
                ping(older.startTls(older.connect(), "TLSv1.2"));
                ping(newer.startTls(newer.connect(), "TLSv1.3"));
            }
            assertThat(older.counters().resumedHandshakes()).isEqualTo(1);
            assertThat(newer.counters().resumedHandshakes()).isEqualTo(1);

            await().atMost(VALID.multipliedBy(4)).until(() -> Instant.now().isAfter(end.plusSeconds(1)));
            assertThatThrownBy(() -> ping(older.startTls(older.connect(), "TLSv1.2")))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("fatal alert: ");
            assertThatThrownBy(() -> ping(newer.startTls(newer.connect(), "TLSv1.3")))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("fatal alert: ");

            assertThat(older.counters().failedHandshakes()).containsEntry("certificate", 1L);
            assertThat(newer.counters().failedHandshakes()).containsEntry("certificate", 1L);
            assertThat(older.counters().resumedHandshakes()).isEqualTo(1);
            assertThat(newer.counters().resumedHandshakes()).isEqualTo(1);
        }
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
