package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Together with the hand-over to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // sync() throws what a future has to say
class WriteQueueTest {
    private static final long AN_HOUR = TimeUnit.HOURS.toNanos(1);

    private final EventLoop loop = new DefaultEventLoop();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private volatile boolean moreToCome;
    private final HandOver patient = new HandOver(loop, () -> moreToCome, AN_HOUR);
    private final LocalChannel channel = new LocalChannel();
    private final WriteQueue queue = new WriteQueue(channel, patient);
    private final CountDownLatch loopMayGoOn = new CountDownLatch(1);

    @BeforeEach
    void register() throws InterruptedException {
        register(channel, "");
    }

    @AfterEach
    void stop() {
        loopMayGoOn.countDown();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void messagesThatCameWhileTheLoopWasBusyAreFlushedOnce() throws Exception {
        busyLoop();

        queue.add(bytes("one"));
        queue.add(bytes("two"));
        queue.add(bytes("three"));
        letTheLoopFinish();

        assertThat(done).containsExactly("one", "two", "three", "flush");
    }

    @Test
    void aSingleMessageIsNotHeldBack() throws Exception {
        queue.add(bytes("one"));
        letTheLoopFinish();

        assertThat(done).containsExactly("one", "flush");
    }

    @Test
    void whileOthersAreToComeMessagesWaitForThemAndLeaveWithTheLast() throws Exception {
        moreToCome = true;
        queue.add(bytes("one"));
        queue.add(bytes("two"));
        letTheLoopFinish();
        List<String> before = new ArrayList<>(done);

        moreToCome = false;
        queue.add(bytes("three"));
        letTheLoopFinish();

        assertThat(before).isEmpty();
        assertThat(done).containsExactly("one", "two", "three", "flush");
    }

    @Test
    void theLastOfOneConnectionTakesThoseOfTheOthersAlong() throws Exception {
        LocalChannel other = new LocalChannel();
        register(other, "other's ");
        WriteQueue others = new WriteQueue(other, patient);

        moreToCome = true;
        queue.add(bytes("one"));
        moreToCome = false;
        others.add(bytes("two"));
        letTheLoopFinish();

        assertThat(done).containsExactly("one", "flush", "other's two", "other's flush");
    }

    @Test
    void whereNoneComesTheLoopLooksByItselfInAMoment() {
        WriteQueue impatient = new WriteQueue(channel, new HandOver(loop, () -> true, 1));

        impatient.add(bytes("one"));

        await().untilAsserted(() -> assertThat(done).containsExactly("one", "flush"));
    }

    @Test
    void aWholeRecordWaitsForNothing() throws Exception {
        moreToCome = true;
        queue.add(bytes("one"));
        queue.add(new byte[16 * 1024]);
        letTheLoopFinish();

        assertThat(done).hasSize(3).startsWith("one").endsWith("flush");
    }

    @Test
    void whatTheLoopItselfAddsIsWrittenAtOnceBehindWhatWaits() throws Exception {
        moreToCome = true;
        queue.add(bytes("one"));
        loop.submit(() -> queue.add(bytes("two"))).sync();

        assertThat(done).containsExactly("one", "two", "flush");
    }

    @Test
    void theConnectionIsClosedBehindWhatWaits() throws Exception {
        moreToCome = true;
        queue.add(bytes("one"));
        queue.close();
        channel.closeFuture().sync();

        assertThat(done).containsExactly("one", "flush", "", "flush", "close");
    }

    @Test
    void itIsFullBeforeTheLoopHasSeenWhatWaits() throws Exception {
        busyLoop();

        queue.add(new byte[channel.config().getWriteBufferHighWaterMark()]);
        boolean atTheLimit = queue.isFull();
        queue.add(bytes("more"));

        assertThat(atTheLimit).isFalse();
        assertThat(queue.isFull()).isTrue();
    }

    @Test
    void whatHasBeenWrittenCountsNoMore() throws Exception {
        queue.add(new byte[channel.config().getWriteBufferHighWaterMark()]);
        letTheLoopFinish();
        queue.add(bytes("more"));

        assertThat(queue.isFull()).isFalse();
    }

    @Test
    void itSaysSoWhenTheLoopHasEnded() throws Exception {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();

        assertThat(queue.add(bytes("one"))).isFalse();
        assertThat(queue.add(bytes("two"))).isFalse();
        queue.close(); // fails for nobody
    }

    /** The moment is so short that the loop looks while others add; at the end nobody calls it any more. */
    @Test
    void nothingIsLostOrOvertakenHoweverManyThreadsAdd() throws Exception {
        HandOver hasty =
                new HandOver(loop, () -> ThreadLocalRandom.current().nextInt(10) > 0, TimeUnit.MICROSECONDS.toNanos(1));
        WriteQueue shared = new WriteQueue(channel, hasty);
        List<CompletableFuture<Void>> adding = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 5_000).forEach(i -> shared.add(bytes(thread + ":" + i)))))
                .collect(Collectors.toList());
        for (CompletableFuture<Void> each : adding) {
            each.get(1, TimeUnit.MINUTES);
        }

        await().untilAsserted(() -> assertThat(written()).hasSize(4 * 5_000));
        for (int thread = 0; thread < 4; thread++) {
            String own = thread + ":";
            assertThat(written().stream().filter(text -> text.startsWith(own)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 5_000).mapToObj(i -> own + i).collect(Collectors.toList()));
        }
    }

    private List<String> written() {
        return done.stream().filter(text -> text.contains(":")).collect(Collectors.toList());
    }

    private void register(LocalChannel connection, String name) throws InterruptedException {
        connection.pipeline().addLast(new Noting(name));
        loop.register(connection).sync();
    }

    private void busyLoop() {
        loop.execute(() -> {
            try {
                loopMayGoOn.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void letTheLoopFinish() throws InterruptedException {
        loopMayGoOn.countDown();
        loop.submit(() -> {}).sync();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private final class Noting extends ChannelOutboundHandlerAdapter {
        private final String name;

        Noting(String name) {
            this.name = name;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            done.add(name + ((ByteBuf) message).toString(US_ASCII));
            if (!promise.isVoid()) {
                promise.setSuccess();
            }
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            done.add(name + "flush");
        }

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
            done.add(name + "close");
            super.close(context, promise);
        }
    }
}
