package org.pinhole.connector.keepalive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlowLifeTest {
    private static final long START = Long.MAX_VALUE - SECONDS.toNanos(30); // nanoTime may wrap at any moment

    private final FlowLife life = new FlowLife(15, START);

    @Test
    void aFlowThatNegotiatedNothingNeverExpires() {
        assertThat(life.expired(at(1_000_000))).isFalse();
        assertThat(life.keepSeconds()).isEqualTo(-1);
    }

    @Test
    void silenceForTheIntervalAndTheGraceIsTheEnd() {
        life.agreed("alice", 45, at(0));

        assertThat(life.expired(at(59))).isFalse();
        assertThat(life.expired(at(60))).isTrue();
    }

    @Test
    @Tag("trap-15")
    void everyReceivedByteIsLife() {
        life.agreed("alice", 45, at(0));
        life.heard(at(50));

        assertThat(life.expired(at(109))).isFalse();
        assertThat(life.expired(at(110))).isTrue();
    }

    @Test
    @Tag("K-6")
    void aRefreshWithoutAValueEndsTheKeepAlives() {
        life.agreed("alice", 45, at(0));
        life.ceased("alice");

        assertThat(life.expired(at(1_000_000))).isFalse();
    }

    @Test
    @Tag("K-6")
    @Tag("trap-5")
    void theShortestOfSeveralAssociationsCountsAndTheEndOfOneLeavesTheOthers() {
        life.agreed("alice", 45, at(0));
        life.agreed("office", 30, at(0));
        assertThat(life.keepSeconds()).isEqualTo(30);

        life.ceased("office");

        assertThat(life.keepSeconds()).isEqualTo(45);
        assertThat(life.expired(at(59))).isFalse();
        assertThat(life.expired(at(60))).isTrue();
    }

    @Test
    @Tag("trap-5")
    void anUnansweredRefreshDoesNotEndByWhatWasAgreedBefore() {
        life.agreed("alice", 10, at(0));
        life.heard(at(24));
        life.negotiationBegins(at(24));

        assertThat(life.expired(at(24 + 32 + 14))).isFalse();
        assertThat(life.expired(at(24 + 32 + 15))).isTrue();
    }

    @Test
    void aNewIntervalBeginsWithTheAnswerThatBroughtIt() {
        life.agreed("alice", 1800, at(0));
        life.heard(at(1000));
        life.negotiationBegins(at(1000));
        life.agreed("alice", 10, at(1005));

        assertThat(life.expired(at(1029))).isFalse();
        assertThat(life.expired(at(1030))).isTrue();
    }

    @Test
    @Tag("K-5")
    void aPhoneThatChoosesItsIntervalGetsTheLongestOfTheRfc() {
        life.agreed("alice", 0, at(0));

        assertThat(life.keepSeconds()).isZero();
        assertThat(life.expired(at(854))).isFalse();
        assertThat(life.expired(at(855))).isTrue();
    }

    @Test
    void howManyAssociationsAreKeptIsBoundedAndTheOldestEndsNothing() {
        life.agreed("alice", 10, at(0));
        for (int i = 0; i < FlowLife.MAX_ASSOCIATIONS; i++) {
            life.agreed("user" + i, 45, at(0));
        }

        assertThat(life.keepSeconds()).isEqualTo(45);
        assertThat(life.expired(at(59))).isFalse();
        assertThat(life.expired(at(60))).isTrue();
    }

    /** Whatever else was agreed before, after or anew meanwhile. */
    @Test
    void whatWasAgreedForARegistrationEndsWithIt() {
        life.agreed("bob", 20, at(0), 600);
        life.agreed("alice", 10, at(0), 60);
        life.agreed("office", 30, at(0));
        life.agreed("alice", 10, at(50), 60);

        life.agreed("carol", 45, at(61), 600);
        assertThat(life.keepSeconds()).isEqualTo(10);
        life.agreed("carol", 45, at(110), 600);
        assertThat(life.keepSeconds()).isEqualTo(20);
        life.agreed("carol", 45, at(600), 600);
        assertThat(life.keepSeconds()).isEqualTo(30);
    }

    @Test
    void ofARegistrationThatHasLapsedNobodyOwesPingsThoughNothingElseHappens() {
        life.agreed("alice", 10, at(0), 60);
        life.agreed("office", 45, at(0));
        life.heard(at(60));

        assertThat(life.expired(at(60))).isFalse();

        assertThat(life.keepSeconds()).isEqualTo(45);
        assertThat(life.expired(at(119))).isFalse();
        assertThat(life.expired(at(120))).isTrue();
    }

    private static long at(long seconds) {
        return START + SECONDS.toNanos(seconds);
    }
}
