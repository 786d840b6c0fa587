package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // sync() throws what a future has to say
class WriteQueueTest {
    private final EventLoop loop = new DefaultEventLoop();
    private final List<String> done = new ArrayList<>();
    private final LocalChannel channel = new LocalChannel();
    private final WriteQueue queue = new WriteQueue(channel);
    private final CountDownLatch loopMayGoOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        loopMayGoOn.countDown();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void messagesThatCameWhileTheLoopWasBusyAreFlushedOnce() throws Exception {
        channelWithABusyLoop();

        queue.add(bytes("one"));
        queue.add(bytes("two"));
        queue.add(bytes("three"));
        letTheLoopFinish();

        assertThat(done).containsExactly("one", "two", "three", "flush");
    }

    @Test
    void aSingleMessageIsNotHeldBack() throws Exception {
        channelWithABusyLoop();
        loopMayGoOn.countDown();

        queue.add(bytes("one"));
        letTheLoopFinish();

        assertThat(done).containsExactly("one", "flush");
    }

    @Test
    void itIsFullBeforeTheLoopHasSeenWhatWaits() throws Exception {
        channelWithABusyLoop();

        queue.add(new byte[channel.config().getWriteBufferHighWaterMark()]);
        boolean atTheLimit = queue.isFull();
        queue.add(bytes("more"));

        assertThat(atTheLimit).isFalse();
        assertThat(queue.isFull()).isTrue();
    }

    @Test
    void itSaysSoWhenTheLoopHasEnded() throws Exception {
        channelWithABusyLoop();
        loopMayGoOn.countDown();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();

        assertThat(queue.add(bytes("one"))).isFalse();
    }

    private void channelWithABusyLoop() throws InterruptedException {
        channel.pipeline().addLast(new Noting());
        loop.register(channel).sync();
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
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            done.add(((ByteBuf) message).toString(US_ASCII));
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            done.add("flush");
        }
    }
}
