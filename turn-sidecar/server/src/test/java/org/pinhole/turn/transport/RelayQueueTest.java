package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Audio is 100 bytes here and video 1,000; each packet begins with its number. */
class RelayQueueTest {
    private static final int AUDIO = 100;
    private static final int VIDEO = 1_000;
    private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(500);

    private final StreamCounts counts = new StreamCounts();
    private final RelayQueue queue = new RelayQueue(10 * (AUDIO + RelayQueue.PACKET_BYTES), MAX_AGE, counts);
    private final List<ByteBuf> made = new ArrayList<>();

    @Test
    void packetsLeaveInTheOrderInWhichTheyCame() {
        add(1, AUDIO);
        add(2, VIDEO);
        add(3, AUDIO);
        add(4, VIDEO);

        assertThat(drain(0)).containsExactly(1, 2, 3, 4);
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void whenThereIsTooMuchTheOldestVideoGoesFirst() {
        add(1, AUDIO);
        add(2, VIDEO);
        add(3, VIDEO);
        add(4, AUDIO);
        add(5, VIDEO);
        add(6, VIDEO);

        assertThat(drain(0)).containsExactly(1, 4, 5, 6);
        assertThat(counts.droppedLarge()).isEqualTo(2);
        assertThat(counts.droppedSmall()).isZero();
    }

    @Test
    void audioIsDroppedOnlyWhenThereIsNoVideoLeft() {
        for (int i = 1; i <= 11; i++) {
            add(i, AUDIO);
        }
        add(12, VIDEO);

        assertThat(drain(0)).hasSize(10).startsWith(2).endsWith(11);
        assertThat(counts.droppedSmall()).isEqualTo(1);
        assertThat(counts.droppedLarge()).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanTheBoundIsNotSentAnyMore() {
        add(1, VIDEO, 0);
        add(2, AUDIO, 1);
        add(3, AUDIO, 2);

        assertThat(drain(MAX_AGE + 1)).containsExactly(2, 3);
        assertThat(counts.droppedLarge()).isEqualTo(1);
    }

    @Test
    void aPacketTakesRoomEvenIfItIsNearlyEmpty() {
        for (int i = 1; i <= 1_000; i++) {
            add(i, 4);
        }

        assertThat(drain(0)).hasSize(10 * (AUDIO + RelayQueue.PACKET_BYTES) / (4 + RelayQueue.PACKET_BYTES));
    }

    /** A client that takes nothing at all never asks for the next packet. */
    @Test
    void whatIsTooOldMakesRoomAsSoonAsSomethingComes() {
        add(1, VIDEO, 0);
        add(2, AUDIO, 0);

        add(3, AUDIO, MAX_AGE + 1);

        assertThat(queue.bytes()).isEqualTo(AUDIO + RelayQueue.PACKET_BYTES);
        assertThat(made.subList(0, 2)).allMatch(frame -> frame.refCnt() == 0);
    }

    @Test
    void aPacketLargerThanAllTheRoomIsDropped() {
        add(1, AUDIO);
        add(2, 4_000);

        assertThat(drain(0)).containsExactly(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void everythingIsReleased() {
        for (int i = 0; i < 20; i++) {
            add(i, i % 2 == 0 ? AUDIO : VIDEO);
        }

        queue.clear();

        assertThat(queue.isEmpty()).isTrue();
        assertThat(made).allMatch(frame -> frame.refCnt() == 0);
    }

    private void add(int number, int length) {
        add(number, length, 0);
    }

    private void add(int number, int length, long now) {
        ByteBuf frame = Unpooled.buffer(length).writeInt(number).writeZero(length - 4);
        made.add(frame);
        queue.add(frame, now);
    }

    private List<Integer> drain(long now) {
        List<Integer> numbers = new ArrayList<>();
        for (ByteBuf frame = queue.poll(now); frame != null; frame = queue.poll(now)) {
            numbers.add(frame.readInt());
            frame.release();
        }
        return numbers;
    }
}
