package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.UnfinishedOctets;

@SuppressWarnings("FutureReturnValueIgnored") // syncUninterruptibly() throws
class HandshakePaceTest {
    private final EmbeddedChannel first = new EmbeddedChannel();
    private final HandshakeTurns turns = new HandshakeTurns(first.eventLoop());
    private final UnfinishedOctets unfinished = new UnfinishedOctets(1_000_000);
    private final List<String> said = new ArrayList<>();
    private final EmbeddedChannel second = paced();
    private final EmbeddedChannel third = paced();

    @Test
    void whileTheLoopHasNothingElseAStepIsTakenAtOnce() {
        second.writeInbound(bytes(1));

        assertThat(read(second)).containsExactly(1);
    }

    @Test
    void oneStepIsTakenEachTimeTheLoopComesRound() {
        EmbeddedChannel fourth = paced();
        second.writeInbound(bytes(1));
        third.writeInbound(bytes(2));
        fourth.writeInbound(bytes(3));

        assertThat(read(third)).isEmpty();
        first.runScheduledPendingTasks();
        assertThat(read(third)).containsExactly(2);
        assertThat(read(fourth)).isEmpty();
        first.runScheduledPendingTasks();
        assertThat(read(fourth)).containsExactly(3);
    }

    @Test
    void aHandshakeThatHasBegunGoesBeforeThoseThatHaveNot() {
        EmbeddedChannel fourth = paced();
        second.writeInbound(bytes(1));
        third.writeInbound(bytes(2));
        fourth.writeInbound(bytes(3));
        second.writeInbound(bytes(4));

        first.runScheduledPendingTasks();

        assertThat(read(second)).containsExactly(1, 4);
        assertThat(read(third)).isEmpty();
    }

    @Test
    void howeverManyStepsOfThoseThatHaveBegunOneThatHasNotWaitsForOneOfThem() {
        List<EmbeddedChannel> dripping = new ArrayList<>();
        second.writeInbound(bytes(1));
        for (int i = 0; i < 5; i++) {
            EmbeddedChannel drips = paced();
            drips.writeInbound(bytes(1));
            dripping.add(drips);
            first.runScheduledPendingTasks();
        }
        second.writeInbound(bytes(1));
        dripping.forEach(drips -> drips.writeInbound(bytes(2)));
        EmbeddedChannel newcomer = paced();
        newcomer.writeInbound(bytes(3));

        first.runScheduledPendingTasks();
        first.runScheduledPendingTasks();

        assertThat(read(newcomer)).containsExactly(3);
    }

    @Test
    void manyOfOneSourceWaitForEachOtherAndNotAnotherSourceForThem() {
        second.writeInbound(bytes(1));
        for (int i = 0; i < 5; i++) {
            paced(1).writeInbound(bytes(2));
        }
        EmbeddedChannel other = paced(2);
        other.writeInbound(bytes(3));

        first.runScheduledPendingTasks();
        first.runScheduledPendingTasks();

        assertThat(read(other)).containsExactly(3);
    }

    @Test
    void aNetworkOfManyAddressesHasOneTurnAndInItItsSourcesHaveTheirs() {
        second.writeInbound(bytes(1));
        for (int host = 1; host <= 5; host++) {
            paced(1, host).writeInbound(bytes(2));
        }
        EmbeddedChannel neighbour = paced(2, 1);
        neighbour.writeInbound(bytes(3));
        EmbeddedChannel sameSource = paced(2, 1);
        sameSource.writeInbound(bytes(4));
        EmbeddedChannel other = paced(2, 2);
        other.writeInbound(bytes(5));

        first.runScheduledPendingTasks();
        first.runScheduledPendingTasks();
        assertThat(read(neighbour)).containsExactly(3);
        first.runScheduledPendingTasks();
        first.runScheduledPendingTasks();

        assertThat(read(other)).containsExactly(5);
        assertThat(read(sameSource)).isEmpty();
    }

    @Test
    void whatWaitsIsCountedUntilItsTurn() {
        second.writeInbound(bytes(1));
        third.writeInbound(bytes(2));
        EmbeddedChannel gone = paced();
        gone.writeInbound(bytes(3));
        assertThat(unfinished.all()).isEqualTo(2);

        gone.close().syncUninterruptibly();
        assertThat(unfinished.all()).isEqualTo(1);
        first.runScheduledPendingTasks();

        assertThat(unfinished.all()).isZero();
    }

    @Test
    void whoWaitsForItsTurnIsKnownUntilItHasComeWithWhatWasSaid() {
        EmbeddedChannel fourth = paced(1, 4);
        second.writeInbound(bytes(1));
        fourth.writeInbound(bytes(2));
        fourth.writeInbound(bytes(3));
        assertThat(said).containsExactly("4 true");

        first.runScheduledPendingTasks();

        assertThat(said).containsExactly("4 true", "4 false");
    }

    @Test
    void whatComesWhileAConnectionWaitsKeepsItsOrder() {
        second.writeInbound(bytes(1));
        third.writeInbound(bytes(2));
        third.writeInbound(bytes(3));

        first.runScheduledPendingTasks();

        assertThat(read(third)).containsExactly(2, 3);
    }

    @Test
    void aConnectionThatWaitsIsNotReadMeanwhile() {
        second.writeInbound(bytes(1));
        third.writeInbound(bytes(2));

        assertThat(third.config().isAutoRead()).isFalse();
        first.runScheduledPendingTasks();
        assertThat(third.config().isAutoRead()).isTrue();
    }

    @Test
    void aConnectionThatEndsWhileItWaitsLeavesNothingBehind() {
        ByteBuf waiting = bytes(2);
        second.writeInbound(bytes(1));
        third.writeInbound(waiting);

        third.close().syncUninterruptibly();
        first.runScheduledPendingTasks();

        assertThat(waiting.refCnt()).isZero();
        assertThat(read(third)).isEmpty();
    }

    @Test
    void connectionsThatHaveEndedTakeNoTurn() {
        EmbeddedChannel fourth = paced();
        second.writeInbound(bytes(1));
        for (int i = 0; i < 10; i++) {
            EmbeddedChannel gone = paced();
            gone.writeInbound(bytes(2));
            gone.close().syncUninterruptibly();
        }
        fourth.writeInbound(bytes(3));

        first.runScheduledPendingTasks();

        assertThat(read(fourth)).containsExactly(3);
    }

    @Test
    void aSourceWhoseConnectionsHaveGoneHoldsNothingHoweverManyOthersWait() {
        second.writeInbound(bytes(1));
        third.writeInbound(bytes(2));
        for (int i = 0; i < 10; i++) {
            EmbeddedChannel gone = paced(2);
            gone.writeInbound(bytes(3));
            gone.close().syncUninterruptibly();
        }

        assertThat(turns.networks()).isEqualTo(1);
        first.runScheduledPendingTasks();
        assertThat(turns.networks()).isZero();
    }

    @Test
    void onceItIsTakenOutNothingWaits() {
        second.writeInbound(bytes(1));
        third.pipeline().remove(HandshakePace.class);

        third.writeInbound(bytes(2));

        assertThat(read(third)).containsExactly(2);
    }

    private EmbeddedChannel paced() {
        return paced(1);
    }

    private EmbeddedChannel paced(int network) {
        return paced(network, 1);
    }

    private EmbeddedChannel paced(int network, int host) {
        Network source = source(network, host);
        return new EmbeddedChannel(new HandshakePace(
                turns, source.around(), unfinished.of(source, () -> {}), waits -> said.add(host + " " + waits)));
    }

    private static Network source(int network, int host) {
        try {
            return Network.source(InetAddress.getByAddress(new byte[] {127, 0, (byte) network, (byte) host}));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ByteBuf bytes(int value) {
        return Unpooled.buffer(1).writeByte(value);
    }

    private static List<Integer> read(EmbeddedChannel channel) {
        List<Integer> values = new ArrayList<>();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            values.add((int) next.readByte());
            next.release();
        }
        return values;
    }
}
