package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PongsBetweenMessagesTest {
    private static final int SENDERS = 3;
    private static final int MESSAGES = 60;
    private static final int PINGS = 500;
    private static final String NOTIFY = SipStreams.request("Content-Length: 40000") + SipStreams.many("x", 40_000);

    @TempDir
    File folder;

    /** Requirements' trap 3: pongs come from an event loop while workers write what takes many TLS records each. */
    @Test
    @Tag("O-1")
    @Tag("trap-3")
    void noPongFallsIntoAMessageHoweverManyThreadsSendLargeOnes() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS + 1);
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket phone = connector.connectTls()) {
            ping(phone);
            assertThat(next(phone)).isEqualTo("\r\n"); // so the flow is there
            SipFlow flow = (SipFlow) connector.flows().flows().iterator().next();
            flow.authenticated("alice"); // as whoever is sent as much
            Semaphore unread = new Semaphore(SENDERS); // who does not read would be disconnected
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                sent.add(senders.submit(() -> send(flow, unread)));
            }
            sent.add(senders.submit(() -> ping(phone, PINGS)));

            int messages = 0;
            int pongs = 0;
            while (messages < SENDERS * MESSAGES || pongs < PINGS) {
                if (next(phone).equals("\r\n")) {
                    pongs++;
                } else {
                    messages++;
                    unread.release();
                }
            }

            for (Future<?> all : sent) {
                all.get();
            }
            assertThat(pongs).isEqualTo(PINGS);
            assertThat(messages).isEqualTo(SENDERS * MESSAGES);
        } finally {
            senders.shutdownNow();
        }
    }

    private static Void send(SipFlow flow, Semaphore unread) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            unread.acquire();
            flow.send(NOTIFY.getBytes(US_ASCII));
        }
        return null;
    }

    private static Void ping(Socket phone, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ping(phone);
        }
        return null;
    }

    private static void ping(Socket phone) throws IOException {
        phone.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
    }

    /** A pong, or a message, which is one octet for octet. */
    private static String next(Socket phone) throws IOException {
        DataInputStream in = new DataInputStream(phone.getInputStream());
        byte[] begin = new byte[2];
        in.readFully(begin);
        if (begin[0] == '\r') {
            return new String(begin, US_ASCII);
        }
        byte[] rest = new byte[NOTIFY.length() - begin.length];
        in.readFully(rest);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(begin);
        whole.write(rest);
        String message = new String(whole.toByteArray(), US_ASCII);
        assertThat(message.equals(NOTIFY)).as("the message is whole").isTrue();
        return message;
    }
}
