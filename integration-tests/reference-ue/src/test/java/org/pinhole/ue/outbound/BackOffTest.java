package org.pinhole.ue.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("O-16")
class BackOffTest {
    @ParameterizedTest
    @CsvSource({
        "1, true, 60",
        "3, true, 240",
        "5, true, 960",
        "6, true, 1800",
        "1, false, 180",
        "4, false, 1440",
        "5, false, 1800",
        "2000000000, true, 1800"
    })
    void theBoundDoublesWithEachFailureUpToHalfAnHour(int failures, boolean allFailed, long seconds) {
        assertThat(BackOff.upperBound(failures, allFailed)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void theWaitIsAnywhereFromHalfToAllOfTheBound() {
        BackOff backOff = new BackOff(new Random(1));

        long[] drawn = IntStream.range(0, 1000)
                .mapToLong(i -> backOff.delay(1, true).toMillis())
                .sorted()
                .toArray();

        assertThat(drawn[0]).isBetween(30_000L, 31_000L);
        assertThat(drawn[500]).isBetween(43_000L, 47_000L);
        assertThat(drawn[999]).isBetween(59_000L, 60_000L);
    }
}
