package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.UnfinishedOctets;

class WholeRecordsTest {
    private static final int SECONDS = 32;

    private final UnfinishedOctets unfinished = new UnfinishedOctets(1_000_000);

    @Test
    void whereverAStreamIsCutOnlyWholeRecordsPassAndAllOfThem() {
        byte[] stream = stream(record(3), record(0), record(300), record(1));
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second += 7) {
                EmbeddedChannel channel = channel();
                List<Integer> ends = new ArrayList<>();
                int passed = 0;
                for (int[] piece : new int[][] {{0, first}, {first, second}, {second, stream.length}}) {
                    channel.writeInbound(Unpooled.copiedBuffer(stream, piece[0], piece[1] - piece[0]));
                    for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
                        assertThat(ByteBufUtil.getBytes(next))
                                .isEqualTo(Arrays.copyOfRange(stream, passed, passed + next.readableBytes()));
                        passed += next.readableBytes();
                        ends.add(passed);
                        next.release();
                    }
                }

                assertThat(ends).isSubsetOf(8, 13, 318, stream.length).endsWith(stream.length);
                assertThat(unfinished.all()).isZero();
            }
        }
    }

    @Test
    void theBeginningOfARecordIsHeldAndCountedUntilItsEndOrTheConnections() {
        EmbeddedChannel channel = channel();
        byte[] stream = stream(record(5), record(5000));

        channel.writeInbound(Unpooled.copiedBuffer(stream, 0, 1000));
        assertThat(unfinished.all()).isBetween(990L, 2048L);
        channel.writeInbound(Unpooled.copiedBuffer(stream, 1000, 3000));
        assertThat(unfinished.all()).isBetween(3990L, 8192L);
        channel.finishAndReleaseAll();

        assertThat(unfinished.all()).isZero();
    }

    @Test
    void whatCanBeNoRecordIsLeftToTheEngine() {
        EmbeddedChannel channel = channel();

        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {22, 3, 3, -1}));
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {-1, 1, 2, 3}));

        ByteBuf whole = channel.readInbound();
        ByteBuf rest = channel.readInbound();
        assertThat(whole.readableBytes() + (rest == null ? 0 : rest.readableBytes()))
                .isEqualTo(8);
        whole.release();
        if (rest != null) {
            rest.release();
        }
        assertThat(unfinished.all()).isZero();
    }

    @Test
    void aRecordWhoseEndDoesNotComeInTimeEndsItsConnection() {
        List<Object> told = new ArrayList<>();
        EmbeddedChannel channel = channel();
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                told.add(event);
            }
        });
        channel.freezeTime();
        channel.writeInbound(Unpooled.copiedBuffer(record(5), 0, 8));
        passes(channel, SECONDS - 1);
        channel.writeInbound(Unpooled.copiedBuffer(record(5), 8, 2));
        channel.writeInbound(Unpooled.copiedBuffer(record(5), 0, 8)); // which began later

        passes(channel, 1);
        passes(channel, SECONDS - 1);
        assertThat(told).isEmpty();
        passes(channel, 2);

        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Ending.class, ending -> assertThat(ending.words()).contains("TLS record", SECONDS + " s"));
        channel.finishAndReleaseAll();
    }

    private static void passes(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(
                new WholeRecords(unfinished.of(Network.source(InetAddress.getLoopbackAddress()), () -> {}), SECONDS));
    }

    private static byte[] record(int length) {
        byte[] record = new byte[5 + length];
        record[0] = 22;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
        for (int i = 0; i < length; i++) {
            record[5 + i] = (byte) i;
        }
        return record;
    }

    private static byte[] stream(byte[]... records) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(records));
    }
}
