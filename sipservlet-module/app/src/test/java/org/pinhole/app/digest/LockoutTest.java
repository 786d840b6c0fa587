package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.app.HandClock;

class LockoutTest {
    private final HandClock clock = new HandClock();
    private final Lockout lockout = new Lockout(10, 300_000, clock);

    @Test
    void theTenthWrongPasswordFromOnePlaceIsTheLastForFiveMinutes() {
        fail("alice", "office", 9);
        assertThat(lockout.lockedSeconds("alice", "office")).isZero();

        fail("alice", "office", 1);

        assertThat(lockout.lockedSeconds("alice", "office")).isEqualTo(300);
        assertThat(lockout.lockedSeconds("alice", "home")).isZero();
        assertThat(lockout.lockedSeconds("bob", "office")).isZero();
        clock.advanceSeconds(300);
        assertThat(lockout.lockedSeconds("alice", "office")).isZero();
    }

    @Test
    void mistakesThatAreFarApartAreForgotten() {
        fail("alice", "office", 9);
        clock.advanceSeconds(300);
        fail("alice", "office", 9);

        assertThat(lockout.lockedSeconds("alice", "office")).isZero();
    }

    @Test
    void theRightPasswordEndsTheCount() {
        fail("alice", "office", 9);
        lockout.succeeded("alice", "office");
        fail("alice", "office", 9);

        assertThat(lockout.lockedSeconds("alice", "office")).isZero();
    }

    @Test
    void anOfficeBehindOneAddressSurvivesAGuesserInItsMidst() {
        lockout.succeeded("alice", "office");
        for (int i = 0; i < 100; i++) {
            fail("victim" + i, "office", 1);
        }

        assertThat(lockout.lockedSeconds("alice", "office")).isZero();
        assertThat(lockout.lockedSeconds("victim7", "office")).isEqualTo(300);
        assertThat(lockout.lockedSeconds("newcomer", "office")).isEqualTo(300);
    }

    @Test
    void aUserIsNotLockedOutAtHomeByGuessesFromEverywhere() {
        lockout.succeeded("alice", "home");
        for (int i = 0; i < 100; i++) {
            fail("alice", "bot" + i, 1);
        }

        assertThat(lockout.lockedSeconds("alice", "home")).isZero();
        assertThat(lockout.lockedSeconds("alice", "one more bot")).isEqualTo(300);
    }

    @Test
    void whoWasThereYesterdayHasToProveHimselfAnew() {
        lockout.succeeded("alice", "home");
        clock.advanceSeconds(24 * 60 * 60);
        for (int i = 0; i < 100; i++) {
            fail("alice", "bot" + i, 1);
        }

        assertThat(lockout.lockedSeconds("alice", "home")).isEqualTo(300);
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 50_000; i++) {
            fail("user" + i, "bot" + i, 1);
        }

        assertThat(lockout.tracked()).isEqualTo(60_000);
    }

    @Test
    void zeroIsNever() {
        Lockout never = new Lockout(0, 300_000, clock);
        for (int i = 0; i < 1000; i++) {
            never.failed("alice", "office");
        }

        assertThat(never.lockedSeconds("alice", "office")).isZero();
        assertThat(never.tracked()).isZero();
    }

    private void fail(String user, String source, int times) {
        for (int i = 0; i < times; i++) {
            lockout.failed(user, source);
        }
    }
}
