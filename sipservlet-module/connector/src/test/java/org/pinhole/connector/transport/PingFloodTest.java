package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.connector.LogLines;

/** A phone that only pings, and reads what it is answered or never does. Over real sockets. */
class PingFloodTest {
    /** Of Netty's memory: far less than is read of a flood, and more than a connection takes. */
    private static final long LITTLE_MEMORY = 512 * 1024;

    private static final int FLOOD_PINGS = 300_000;

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
                        .setting("pinhole.limits.write-queue-seconds", "1")
                        .open();
                Socket raw = forgetful(connector.port());
                Socket phone = scheme.equals("tls") ? connector.startTls(raw) : raw) {
            long before = memory();
            AtomicLong most = new AtomicLong();
            AtomicLong mostMemory = new AtomicLong();
            Runnable look = () -> {
                most.accumulateAndGet(connector.unfinishedOctets(), Math::max);
                mostMemory.accumulateAndGet(memory(), Math::max);
            };
            // On the event loop: there a look comes before the deadline of what is waiting, however late both are.
            Future<?> looking = loopOf(connector).scheduleWithFixedDelay(look, 0, 5, TimeUnit.MILLISECONDS);
            CompletableFuture<Long> flood = CompletableFuture.supplyAsync(() -> pingUntilTheEnd(phone));
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> {
                        look.run();
                        assertThat(connector.counters().closedFlows())
                                .as(
                                        "%s of %s pings",
                                        connector.counters().pongs(),
                                        connector.counters().pings())
                                .containsEntry("not-read", 1L);
                    });

            looking.cancel(false);
            assertThat(flood.get(1, TimeUnit.MINUTES)).isGreaterThan(most.get());
            assertThat(most.get()).isBetween(1L, 200_000L);
            assertThat(mostMemory.get() - before).isLessThan(LITTLE_MEMORY);
            await().untilAsserted(() -> assertThat(log.with(
                            "flow closed (the phone does not read: bytes have been waiting for 1 s) from 127.0.0.1"))
                    .hasSize(1));
            assertThat(connector.counters().queueDrops()).isEqualTo(1);
            await().until(() -> connector.unfinishedOctets() == 0);
        }
    }

    @Test
    @Tag("O-1")
    @Tag("trap-3")
    void whoPingsWithoutEndAndReadsIsAnsweredEachAndHoldsLittle() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket phone = connector.connectTls()) {
            long before = memory();
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> ping(phone, FLOOD_PINGS));
            DataInputStream pongs = new DataInputStream(phone.getInputStream());
            byte[] some = new byte[6000];
            long mostMemory = before;
            for (int read = 0; read < 2 * FLOOD_PINGS; read += some.length) {
                pongs.readFully(some);
                mostMemory = Math.max(mostMemory, memory());
            }
            flood.get(1, TimeUnit.MINUTES);

            assertThat(mostMemory - before).isLessThan(LITTLE_MEMORY);
            assertThat(connector.counters().pongs()).isEqualTo(FLOOD_PINGS);
        }
    }

    /** What is in use of the memory outside the heap that connections have their buffers in. */
    private static long memory() {
        return ((PooledByteBufAllocator) ByteBufAllocator.DEFAULT).pinnedDirectMemory();
    }

    private static EventLoop loopOf(TestConnector connector) {
        await().until(() -> connector.listener().openFlows() == 1);
        return ((SipFlow) connector.flows().flows().iterator().next()).eventLoop();
    }

    /** For which the kernel does not read megabytes. */
    private static Socket forgetful(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static void ping(Socket phone, int pings) {
        byte[] some = SipStreams.many("\r\n\r\n", 1000).getBytes(US_ASCII);
        try {
            for (int written = 0; written < pings; written += 1000) {
                phone.getOutputStream().write(some);
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
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
