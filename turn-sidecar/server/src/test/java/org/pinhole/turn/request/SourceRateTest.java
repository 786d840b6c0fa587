package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.turn.relay.IpLiteral;

@Tag("T-18")
class SourceRateTest {
    private long now;
    private final SourceRate rate = new SourceRate(() -> now, 4711, 10);

    @Test
    void aNetworkGetsThreeSecondsWorthAndThenItsRate() {
        assertThat(allowed("192.0.2.1", 100)).isEqualTo(30);
        assertThat(allowed("192.0.2.200", 100)).isZero();

        now += TimeUnit.SECONDS.toNanos(1);

        assertThat(allowed("192.0.2.200", 100)).isEqualTo(10);
    }

    @Test
    void anotherNetworkIsNotPunishedForIt() {
        allowed("192.0.2.1", 100);

        assertThat(allowed("198.51.100.1", 5)).isEqualTo(5);
    }

    @Test
    void oneIpv6SubscriberIsOneNetwork() {
        assertThat(allowed("2001:db8:0:1::1", 100)).isEqualTo(30);
        assertThat(allowed("2001:db8:0:ff::2", 100)).isZero();
        assertThat(allowed("2001:db8:1::1", 5)).isEqualTo(5);
    }

    /** A flood from invented sources costs time and no memory: the table is what it was. */
    @Test
    void everySourceOfAFloodHasAPlaceInATableThatNeverGrows() {
        int answered = 0;
        for (int i = 0; i < 1_000_000; i++) {
            answered += rate.allows(address(i)) ? 1 : 0;
        }

        assertThat(answered).isLessThanOrEqualTo(30 * (1 << 14));
    }

    @Test
    void zeroIsNoLimit() {
        rate.set(0);

        assertThat(allowed("192.0.2.1", 10_000)).isEqualTo(10_000);
    }

    private int allowed(String source, int times) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += rate.allows(IpLiteral.parse(source)) ? 1 : 0;
        }
        return allowed;
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (number >>> 12), (byte) (number >>> 4), (byte) (number << 4), 1});
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
