package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D-7")
class NonceCountsTest {
    private static final long NOW = 1_000_000;

    private final NonceCounts counts = new NonceCounts(2);

    @Test
    void aCountIsTakenOnce() {
        assertThat(counts.take("n", NOW, 1, NOW)).isTrue();
        assertThat(counts.take("n", NOW, 1, NOW)).isFalse();
        assertThat(counts.take("n", NOW, 2, NOW)).isTrue();
    }

    @Test
    void reorderingWithinTheWindowIsAcceptedAndReplayIsNot() {
        counts.take("n", NOW, 70, NOW);

        assertThat(counts.take("n", NOW, 7, NOW)).as("63 behind").isTrue();
        assertThat(counts.take("n", NOW, 7, NOW)).isFalse();
        assertThat(counts.take("n", NOW, 6, NOW)).as("64 behind").isFalse();
        assertThat(counts.take("n", NOW, 69, NOW)).isTrue();
        assertThat(counts.take("n", NOW, 70, NOW)).isFalse();
    }

    @Test
    void aLeapForgetsNothingThatCouldBeReplayed() {
        counts.take("n", NOW, 1, NOW);
        counts.take("n", NOW, 0xFFFFFFFFL, NOW);

        assertThat(counts.take("n", NOW, 1, NOW)).isFalse();
        assertThat(counts.take("n", NOW, 0xFFFFFFFFL, NOW)).isFalse();
    }

    @Test
    void memoryIsBoundedAndWhatWasDroppedCannotBeReplayed() {
        counts.take("a", NOW, 1, NOW);
        counts.take("b", NOW + 1, 1, NOW + 1);
        counts.take("c", NOW + 2, 1, NOW + 2);

        assertThat(counts.tracked()).isEqualTo(2);
        assertThat(counts.take("a", NOW, 1, NOW + 3)).isFalse();
        assertThat(counts.take("d", NOW + 3, 1, NOW + 3)).isTrue();
    }

    @Test
    void expiredNoncesMakeRoomWithoutCost() {
        counts.take("a", NOW, 1, NOW);
        counts.take("b", NOW, 1, NOW);
        long later = NOW + Nonces.LIFETIME_MILLIS;
        counts.take("c", later, 1, later);

        assertThat(counts.tracked()).isEqualTo(1);
        assertThat(counts.take("e", NOW + 1, 1, later)).isTrue();
    }
}
