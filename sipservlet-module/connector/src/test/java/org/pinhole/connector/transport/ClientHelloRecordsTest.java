package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ClientHello in several records (RFC 8446 §5.1), in whatever pieces TCP brings them. */
class ClientHelloRecordsTest {
    private static final int RECORD_HEADER = 5;
    private static final int FIRST = 200;
    private static final byte HANDSHAKE = 22;

    @TempDir
    File folder;

    @Test
    void twoRecordsAreAnsweredWithAServerHelloWhereverTheyAreCut() throws Exception {
        byte[] hello = inTwoRecords(clientHello());
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY)) {
            int afterFirst = RECORD_HEADER + FIRST;
            for (int cut : new int[] {
                1,
                4,
                5,
                6,
                9,
                100,
                afterFirst - 1,
                afterFirst,
                afterFirst + 1,
                afterFirst + 2,
                afterFirst + 4,
                afterFirst + 5,
                afterFirst + 6,
                hello.length - 1
            }) {
                assertThat(firstOctetOfTheAnswer(connector, hello, cut))
                        .as("cut after %d octets", cut)
                        .isEqualTo(HANDSHAKE);
            }
        }
    }

    private static byte firstOctetOfTheAnswer(TestConnector connector, byte[] hello, int cut) throws Exception {
        try (Socket phone = connector.connect()) {
            phone.setTcpNoDelay(true);
            OutputStream out = phone.getOutputStream();
            out.write(hello, 0, cut);
            everyEventLoopComesRound(connector);
            out.write(hello, cut, hello.length - cut);
            return new DataInputStream(phone.getInputStream()).readByte();
        }
    }

    /** Connections are dealt out to the loops in turn; who shakes hands with each knows that what came before was read. */
    private static void everyEventLoopComesRound(TestConnector connector) throws Exception {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            connector.connectTls().close();
        }
    }

    private static byte[] clientHello() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine("127.0.0.1", 443);
        engine.setUseClientMode(true);
        engine.beginHandshake();
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }

    private static byte[] inTwoRecords(byte[] record) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        write(both, record, RECORD_HEADER, FIRST);
        write(both, record, RECORD_HEADER + FIRST, record.length - RECORD_HEADER - FIRST);
        return both.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] from, int offset, int length) {
        out.write(from, 0, RECORD_HEADER - 2);
        out.write(length >> 8);
        out.write(length);
        out.write(from, offset, length);
    }
}
