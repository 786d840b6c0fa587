package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.connector.LogLines;

/** A phone that only pings, and never reads what it is answered. Over real sockets. */
class PingFloodTest {
    @TempDir
    File folder;

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Tag("O-1")
    @Tag("trap-3")
    void whoPingsWithoutEndAndNeverReadsHoldsLittleAndIsClosedWithTheReason(String scheme) throws Exception {
        try (LogLines log = LogLines.follow();
                TestConnector connector = new TestConnector.Plan(folder)
                        .scheme(scheme)
                        .setting("pinhole.limits.write-queue-seconds", "2")
                        .open();
                Socket raw = forgetful(connector.port());
                Socket phone = scheme.equals("tls") ? connector.startTls(raw) : raw) {
            CompletableFuture<Long> flood = CompletableFuture.supplyAsync(() -> pingUntilTheEnd(phone));
            AtomicLong most = new AtomicLong();
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> {
                        most.accumulateAndGet(connector.unfinishedOctets(), Math::max);
                        assertThat(connector.counters().closedFlows())
                                .as(
                                        "%s of %s pings",
                                        connector.counters().pongs(),
                                        connector.counters().pings())
                                .containsEntry("not-read", 1L);
                    });

            assertThat(flood.get(1, TimeUnit.MINUTES)).isGreaterThan(most.get());
            assertThat(most.get()).isBetween(1L, 200_000L);
            await().untilAsserted(() -> assertThat(log.with(
                            "flow closed (the phone does not read: bytes have been waiting for 2 s) from 127.0.0.1"))
                    .hasSize(1));
            assertThat(connector.counters().queueDrops()).isEqualTo(1);
            await().until(() -> connector.unfinishedOctets() == 0);
        }
    }

    /** For which the kernel does not read megabytes. */
    private static Socket forgetful(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** How many octets it could write. */
    private static long pingUntilTheEnd(Socket phone) {
        byte[] pings = SipStreams.many("\r\n\r\n", 1000).getBytes(US_ASCII);
        long written = 0;
        try {
            while (true) {
                phone.getOutputStream().write(pings);
                written += pings.length;
            }
        } catch (IOException closed) {
            return written;
        }
    }
}
