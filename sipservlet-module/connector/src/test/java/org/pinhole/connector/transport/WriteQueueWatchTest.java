package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
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
import org.pinhole.connector.limit.Network;
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
    void aLongMessageLeavesSlowlyWithoutAnyHarm() {
        peer.reads = false;
        peer.send(60_000);

        for (int tenths = 0; tenths < 10 * SECONDS - 1; tenths++) {
            peer.takes(610);
        }

        assertThat(peer.channel.isOpen()).isTrue();
        assertThat(peer.sent)
                .allSatisfy(message -> assertThat(message.isSuccess()).isTrue());
        assertThat(unfinished.all()).isZero();
    }

    @Test
    void aPeerThatReadsSlowlyWhatNeverEndsIsServed() {
        peer.reads = false;
        for (int tenths = 0; tenths < 100 * SECONDS; tenths++) {
            peer.sendUpTo(60_000);
            peer.takes(700);
        }

        assertThat(peer.channel.isOpen()).isTrue();
        assertThat(told).isEmpty();
    }

    /** That takes what waited when the time began: what came after that has waited for too long when it ends. */
    @Test
    void aByteThatWaitsTooLongEndsTheConnectionThoughOthersHaveGoneMeanwhile() {
        peer.reads = false;
        peer.send(10_000);

        int tenths = 0;
        while (peer.channel.isOpen() && tenths < 100 * SECONDS) {
            peer.sendUpTo(60_000);
            peer.takes(150);
            tenths++;
        }

        assertThat(tenths).isBetween(10 * SECONDS, 10 * SECONDS * 5 / 4 + 1);
        assertThat(told).hasSize(1);
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
    void nothingIsLeftRunningWhenTheConnectionEnds() {
        peer.reads = false;
        peer.send();

        peer.channel.pipeline().close();

        assertThat(peer.channel.runScheduledPendingTasks()).isEqualTo(-1);
        assertThat(told).isEmpty();
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
        private final Holding holding = unfinished.of(Network.source(InetAddress.getLoopbackAddress()), () -> {});
        private boolean reads = true;
        private int waiting;
        private int taking;
        private final List<ChannelFuture> sent = new ArrayList<>();
        private final EmbeddedChannel channel =
                new EmbeddedChannel(new WriteQueueWatch(SECONDS, holding), new Listening()) {
                    @Override
                    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
                        if (reads) {
                            super.doWrite(in);
                        } else {
                            take(in);
                        }
                    }
                };

        Peer() {
            channel.freezeTime();
        }

        void send() {
            send(100);
        }

        void send(int octets) {
            waiting += octets;
            sent.add(channel.writeAndFlush(Unpooled.copiedBuffer(new byte[octets])));
        }

        /** As whoever pings without end has himself answered: as much as may wait. */
        void sendUpTo(int octets) {
            while (waiting < octets) {
                send(100);
            }
        }

        /** A tenth of a second passes. */
        void takes(int octets) {
            taking = octets;
            channel.flush();
            channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            channel.runPendingTasks();
        }

        private void take(ChannelOutboundBuffer in) {
            while (taking > 0 && in.current() != null) {
                in.removeBytes(0); // marks at the head
                ByteBuf first = (ByteBuf) in.current();
                int octets = first == null ? 0 : Math.min(taking, first.readableBytes());
                in.removeBytes(octets);
                taking -= octets;
                waiting -= octets;
            }
        }
    }

    private final class Listening extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            told.add(event);
        }
    }
}
