package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CapWarningTest {
    private long now = Long.MAX_VALUE - 5; // nanoTime may be anything, and wraps

    @Test
    void isDueAtOnceAndThenOnceAMinute() {
        CapWarning warning = new CapWarning(() -> now);

        assertThat(warning.isDue()).isTrue();
        assertThat(warning.isDue()).isFalse();
        now += TimeUnit.SECONDS.toNanos(59);
        assertThat(warning.isDue()).isFalse();
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(warning.isDue()).isTrue();
        assertThat(warning.isDue()).isFalse();
    }
}
