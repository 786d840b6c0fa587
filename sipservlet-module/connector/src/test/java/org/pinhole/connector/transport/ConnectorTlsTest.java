package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS handshakes as real clients begin them, over real sockets. */
class ConnectorTlsTest {
    private static final int HANDSHAKE_RECORD = 22;
    private static final int RECORD_HEADER = 5;

    @TempDir
    File folder;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("P-3")
    @Tag("trap-14")
    void aPhoneThatComesBackResumesItsSession(String version) throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            pingAndLeave(connector.startTls(connector.connect(), version));
            pingAndLeave(connector.startTls(connector.connect(), version));

            assertThat(connector.counters().fullHandshakes()).isEqualTo(1);
            assertThat(connector.counters().resumedHandshakes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("P-3")
    void itDoesSoAfterARestartOfTheConnectorToo(String version) throws Exception {
        TestConnector before = new TestConnector(folder, TestConnector.ROOMY);
        pingAndLeave(before.startTls(before.connect(), version));
        try (TestConnector after = before.restarted()) {
            pingAndLeave(after.startTls(after.connect(), version));

            assertThat(after.counters().resumedHandshakes()).isEqualTo(1);
            assertThat(after.counters().fullHandshakes()).isZero();
        }
    }

    /** A new key seals every 12 hours, and opens for two days more. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("P-3")
    void aSessionOutlivesTheRotationOfItsKeyInTheRunningConnectorButNotTheKey(String version) throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            pingAndLeave(connector.startTls(connector.connect(), version));
            connector.looksAtTlsFiles(Duration.ofHours(12));
            pingAndLeave(connector.startTls(connector.connect(), version));
            assertThat(connector.counters().resumedHandshakes()).isEqualTo(1);

            for (int hours = 24; hours <= 72; hours += 12) {
                connector.looksAtTlsFiles(Duration.ofHours(hours));
            }
            pingAndLeave(connector.startTls(connector.connect(), version));
            assertThat(connector.counters().fullHandshakes()).isEqualTo(2);
            pingAndLeave(connector.startTls(connector.connect(), version));

            assertThat(connector.counters().fullHandshakes()).isEqualTo(2);
            assertThat(connector.counters().resumedHandshakes()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("P-3")
    @Tag("trap-14")
    void aHandshakeWhoseEveryByteComesByItselfIsDoneAndThePingAnswered(String version) throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            pingAndLeave(connector.startTls(new DrippingSocket(connector.port()), version));

            assertThat(connector.counters().fullHandshakes()).isEqualTo(1);
        }
    }

    @Test
    @Tag("trap-14")
    void whatIsNoSipInsideTlsIsAnsweredInItsOwnWordsAndNeverServed() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                SSLSocket browser = connector.connectTls()) {
            browser.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));

            assertThat(ConnectorEntryTest.readToEnd(browser)).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(connector.counters().messagesIn()).isZero();
        }
    }

    @Test
    void aHelloThatComesByteByByteOrInManyRecordsIsAnswered() throws Exception {
        byte[] hello = hello("edge.pinhole.test");
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            assertThat(firstByteAfter(connector, hello, 1)).isEqualTo(HANDSHAKE_RECORD);
            for (int octets : new int[] {1, 2, 3, 4, 7}) {
                byte[] records = inRecordsOf(octets, hello);
                assertThat(firstByteAfter(connector, records, 100)).isEqualTo(HANDSHAKE_RECORD);
                assertThat(firstByteAfter(connector, records, records.length)).isEqualTo(HANDSHAKE_RECORD);
            }
        }
    }

    @Test
    void anOddServerNameIsNoReasonForAnAlert() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            for (String odd : new String[] {"host:443", "my_phone", "unknown.", "-.x..y-a", "127.0.0.1"}) {
                byte[] hello = renamed(odd);

                assertThat(firstByteAfter(connector, hello, hello.length)).isEqualTo(HANDSHAKE_RECORD);
            }
        }
    }

    @Test
    void aPhoneThatLeavesInTheHandshakeIsCountedOnce() throws Exception {
        byte[] hello = hello("edge.pinhole.test");
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            firstByteAfter(connector, hello, hello.length);

            await().untilAsserted(() ->
                    assertThat(connector.counters().failedHandshakes()).containsEntry("closed", 1L));
        }
    }

    /** A ticket comes after the handshake, before the pong. */
    static void pingAndLeave(SSLSocket phone) throws IOException {
        try (Socket open = phone) {
            open.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            new DataInputStream(open.getInputStream()).readFully(new byte[2]);
        }
    }

    private static int firstByteAfter(TestConnector connector, byte[] bytes, int segment) throws IOException {
        try (Socket phone = connector.connect()) {
            phone.setTcpNoDelay(true);
            for (int from = 0; from < bytes.length; from += segment) {
                phone.getOutputStream().write(bytes, from, Math.min(segment, bytes.length - from));
            }
            return phone.getInputStream().read();
        }
    }

    /** What the JDK would say, with another name of the same length where it would not say that one. */
    private static byte[] renamed(String name) throws Exception {
        char[] plain = new char[name.length()];
        Arrays.fill(plain, 'q');
        plain[1] = '.';
        String text = new String(hello(new String(plain)), ISO_8859_1);
        assertThat(text).contains(new String(plain));
        return text.replace(new String(plain), name).getBytes(ISO_8859_1);
    }

    static byte[] hello(String name) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine(name, 443);
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] inRecordsOf(int size, byte[] record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = RECORD_HEADER; from < record.length; from += size) {
            int length = Math.min(size, record.length - from);
            out.write(record, 0, 3);
            out.write(0);
            out.write(length);
            out.write(record, from, length);
        }
        return out.toByteArray();
    }
}
