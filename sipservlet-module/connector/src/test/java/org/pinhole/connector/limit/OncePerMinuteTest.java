package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OncePerMinuteTest {
    private long now;
    private final OncePerMinute<InetAddress> lines = new OncePerMinute<>(() -> now);

    @Test
    void aSourceHasOneLineAMinuteWhichTellsHowManyWereHeldBack() throws UnknownHostException {
        assertThat(lines.heldBackBefore(source(1))).isZero();
        for (int i = 0; i < 5; i++) {
            assertThat(lines.heldBackBefore(source(1))).isEqualTo(OncePerMinute.HELD_BACK);
        }
        assertThat(lines.heldBackBefore(source(2))).isZero();
        now += TimeUnit.SECONDS.toNanos(60);

        assertThat(lines.heldBackBefore(source(1))).isEqualTo(5);
    }

    @Test
    void moreSourcesThanItKnowsAreHeldBackAndCounted() throws UnknownHostException {
        for (int i = 0; i < OncePerMinute.MOST; i++) {
            assertThat(lines.heldBackBefore(source(i))).isZero();
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(lines.heldBackBefore(source(OncePerMinute.MOST + i))).isEqualTo(OncePerMinute.HELD_BACK);
        }
        now += TimeUnit.SECONDS.toNanos(60);

        assertThat(lines.heldBackBefore(source(100_000))).isEqualTo(10_000);
        assertThat(lines.heldBackBefore(source(1))).isZero();
    }

    private static InetAddress source(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }
}
