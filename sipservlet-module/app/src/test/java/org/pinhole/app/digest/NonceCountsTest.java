package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D-7")
class NonceCountsTest {
    private static final long NOW = 1_000_000;

    private final NonceCounts counts = new NonceCounts(2);

    @Test
    void aCountIsTakenOnce() {
        assertThat(take("n", NOW, 1, NOW)).isTrue();
        assertThat(take("n", NOW, 1, NOW)).isFalse();
        assertThat(take("n", NOW, 2, NOW)).isTrue();
    }

    @Test
    @Tag("trap-12")
    void reorderingWithinTheWindowIsAcceptedAndReplayIsNot() {
        take("n", NOW, 70, NOW);

        assertThat(take("n", NOW, 6, NOW)).as("64 behind").isTrue();
        assertThat(take("n", NOW, 6, NOW)).isFalse();
        assertThat(take("n", NOW, 5, NOW)).as("65 behind").isFalse();
        assertThat(take("n", NOW, 69, NOW)).isTrue();
        assertThat(take("n", NOW, 70, NOW)).isFalse();
    }

    @Test
    void aLeapForgetsNothingThatCouldBeReplayed() {
        take("n", NOW, 1, NOW);
        take("n", NOW, 0xFFFFFFFFL, NOW);

        assertThat(take("n", NOW, 1, NOW)).isFalse();
        assertThat(take("n", NOW, 0xFFFFFFFFL, NOW)).isFalse();
    }

    @Test
    void memoryIsBoundedAndWhatWasDroppedCannotBeReplayed() {
        take("a", NOW, 1, NOW);
        take("b", NOW + 1, 1, NOW + 1);
        take("c", NOW + 2, 1, NOW + 2);

        assertThat(counts.tracked()).isEqualTo(2);
        assertThat(take("a", NOW, 1, NOW + 3)).isFalse();
        assertThat(take("d", NOW + 3, 1, NOW + 3)).isTrue();
    }

    @Test
    void expiredNoncesMakeRoomWithoutCost() {
        take("a", NOW, 1, NOW);
        take("b", NOW, 1, NOW);
        long later = NOW + Nonces.LIFETIME_MILLIS;
        take("c", later, 1, later);

        assertThat(counts.tracked()).isEqualTo(1);
        assertThat(take("e", NOW + 1, 1, later)).isTrue();
    }

    @Test
    void whatHasExpiredStaysUsedThoughTheClockIsSetBack() {
        take("a", NOW, 1, NOW);
        take("b", NOW, 1, NOW);
        long later = NOW + Nonces.LIFETIME_MILLIS;
        take("c", later, 1, later);

        assertThat(take("a", NOW, 1, NOW + 1)).isFalse();
    }

    @Test
    void ofAnyOrderWithinTheWindowEachCountIsTakenOnce() {
        Random order = new Random(7);
        for (int round = 0; round < 200; round++) {
            String nonce = "n" + round;
            NonceCounts fresh = new NonceCounts(2);
            List<Integer> arriving = new ArrayList<>();
            for (int count = 1; count <= 65; count++) {
                arriving.add(count);
                arriving.add(count);
            }
            Collections.shuffle(arriving, order);

            long taken = arriving.stream()
                    .filter(count -> fresh.take(nonce, NOW, count, "c", NOW))
                    .count();

            assertThat(taken).isEqualTo(65);
        }
    }

    @Test
    @Tag("D-10")
    void theCnonceOfTheFirstUseIsKept() {
        counts.take("n", NOW, 1, "first", NOW);
        counts.take("n", NOW, 2, "second", NOW);

        assertThat(counts.findFirstCnonce("n")).isEqualTo("first");
        assertThat(counts.findFirstCnonce("m")).isNull();
    }

    private boolean take(String nonce, long issuedAt, long count, long now) {
        return counts.take(nonce, issuedAt, count, "c", now);
    }
}
