package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class UnfinishedOctetsTest {
    private final UnfinishedOctets unfinished = new UnfinishedOctets(1000);

    @Test
    void oneSourceMayHoldAQuarter() throws UnknownHostException {
        assertThat(unfinished.change(source(1), 0, 250)).isTrue();
        assertThat(unfinished.change(source(1), 0, 1)).isFalse();

        assertThat(unfinished.change(source(2), 0, 250)).isTrue();
    }

    @Test
    void allTogetherHoldNoMoreThanThereIs() throws UnknownHostException {
        for (int i = 1; i <= 4; i++) {
            assertThat(unfinished.change(source(i), 0, 250)).isTrue();
        }

        assertThat(unfinished.change(source(5), 0, 1)).isFalse();
    }

    @Test
    void whoHoldsLessMayAlways() throws UnknownHostException {
        unfinished.change(source(1), 0, 900);

        assertThat(unfinished.change(source(1), 900, 400)).isTrue();
        assertThat(unfinished.change(source(1), 400, 0)).isTrue();
        assertThat(unfinished.all()).isZero();
    }

    private static InetAddress source(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }
}
