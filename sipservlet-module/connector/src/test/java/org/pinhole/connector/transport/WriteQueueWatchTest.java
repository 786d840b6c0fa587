package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.UnfinishedOctets;

class WriteQueueWatchTest {
    private static final int SECONDS = 10;

    private final List<Object> told = new ArrayList<>();
    private final UnfinishedOctets unfinished = new UnfinishedOctets(1_000_000);
    private final Peer peer = new Peer();

    @Test
    void whatThePeerTakesAtOnceLeavesNothingBehind() {
        peer.send();

        peer.channel.advanceTimeBy(SECONDS * 2, TimeUnit.SECONDS);
        peer.channel.runPendingTasks();

        assertThat(peer.channel.isOpen()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void bytesThatWaitTooLongEndTheConnectionWithTheReason() {
        peer.reads = false;
        peer.send();

        peer.channel.advanceTimeBy(SECONDS - 1, TimeUnit.SECONDS);
        peer.channel.runPendingTasks();
        boolean openBefore = peer.channel.isOpen();
        peer.channel.advanceTimeBy(1, TimeUnit.SECONDS);
        peer.channel.runPendingTasks();

        assertThat(openBefore).isTrue();
        assertThat(peer.channel.isOpen()).isFalse();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        WriteQueueWatch.NotRead.class,
                        reason -> assertThat(reason.words()).contains("does not read", "10 s"));
    }

    @Test
    void aPeerThatReadsAgainInTimeIsWatchedAnew() {
        peer.reads = false;
        peer.send();
        peer.channel.advanceTimeBy(SECONDS - 1, TimeUnit.SECONDS);
        peer.reads = true;
        peer.channel.flush();
        peer.reads = false;
        peer.send();

        peer.channel.advanceTimeBy(SECONDS - 1, TimeUnit.SECONDS);
        peer.channel.runPendingTasks();
        boolean openBefore = peer.channel.isOpen();
        peer.channel.advanceTimeBy(1, TimeUnit.SECONDS);
        peer.channel.runPendingTasks();

        assertThat(openBefore).isTrue();
        assertThat(peer.channel.isOpen()).isFalse();
    }

    @Test
    void whatAStrangerDoesNotReadIsCountedUntilItDoes() {
        peer.reads = false;
        peer.send();
        peer.send();
        assertThat(unfinished.all()).isGreaterThanOrEqualTo(200);

        peer.reads = true;
        peer.channel.flush();

        assertThat(unfinished.all()).isZero();
    }

    @Test
    void whatWaitsForAPhoneThatIsKnownIsNotCounted() {
        peer.reads = false;
        peer.send();
        peer.holding.known();

        peer.send();

        assertThat(unfinished.all()).isZero();
    }

    /** A connection whose other side takes what is written, or does not. */
    private final class Peer {
        private final Holding holding = unfinished.of(InetAddress.getLoopbackAddress(), () -> {});
        private boolean reads = true;
        private final List<ChannelFuture> sent = new ArrayList<>();
        private final EmbeddedChannel channel =
                new EmbeddedChannel(new WriteQueueWatch(SECONDS, holding), new Listening()) {
                    @Override
                    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
                        if (reads) {
                            super.doWrite(in);
                        }
                    }
                };

        Peer() {
            channel.freezeTime();
        }

        void send() {
            sent.add(channel.writeAndFlush(Unpooled.copiedBuffer(new byte[100])));
        }
    }

    private final class Listening extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            told.add(event);
        }
    }
}
