package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {
    private long nanos = TimeUnit.HOURS.toNanos(-1);
    private double random;
    private final Drain drain = new Drain(60, () -> nanos, () -> random);

    @Test
    void flowsAreClosedEvenlyOverTheWindow() {
        assertThat(drain.remaining(600)).isEqualTo(600);
        nanos += TimeUnit.SECONDS.toNanos(15);
        assertThat(drain.remaining(600)).isEqualTo(450);
        nanos += TimeUnit.SECONDS.toNanos(44);
        assertThat(drain.remaining(600)).isEqualTo(10);
        assertThat(drain.remaining(1)).isEqualTo(1);
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(drain.remaining(600)).isZero();
        nanos += TimeUnit.HOURS.toNanos(1);
        assertThat(drain.remaining(600)).isZero();
    }

    @Test
    void whoeverIsSentAwayComesBackAfterTheWindowSpreadOverAnother() {
        nanos += TimeUnit.SECONDS.toNanos(20);

        assertThat(drain.retryAfterSeconds()).isEqualTo(41);
        random = 0.5;
        assertThat(drain.retryAfterSeconds()).isEqualTo(71);
        random = 0.9999;
        assertThat(drain.retryAfterSeconds()).isEqualTo(100);
    }

    @Test
    void theTimeThatIsLeftIsRoundedUpAndEndsAtZero() {
        nanos += TimeUnit.MILLISECONDS.toNanos(59_500);
        assertThat(drain.secondsLeft()).isEqualTo(1);
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(drain.secondsLeft()).isZero();
    }
}
