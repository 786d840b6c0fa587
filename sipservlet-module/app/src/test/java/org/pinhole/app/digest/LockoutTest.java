package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pinhole.app.HandClock;

class LockoutTest {
    private static final Source OFFICE = at("192.0.2.7");
    private static final Source HOME = at("198.51.100.7");

    private final HandClock clock = new HandClock();
    private final Lockout lockout = new Lockout(10, 300_000, clock);

    @Test
    void theTenthWrongPasswordFromOnePlaceIsTheLastForFiveMinutes() {
        fail("alice", OFFICE, 9);
        assertThat(locked("alice", OFFICE)).isZero();

        fail("alice", OFFICE, 1);

        assertThat(locked("alice", OFFICE)).isEqualTo(300);
        assertThat(locked("alice", HOME)).isZero();
        assertThat(locked("bob", OFFICE)).isZero();
        clock.advanceSeconds(300);
        assertThat(locked("alice", OFFICE)).isZero();
    }

    @Test
    void mistakesThatAreFarApartAreForgotten() {
        fail("alice", OFFICE, 9);
        clock.advanceSeconds(300);
        fail("alice", OFFICE, 9);

        assertThat(locked("alice", OFFICE)).isZero();
    }

    @Test
    void theRightPasswordEndsTheCount() {
        fail("alice", OFFICE, 9);
        lockout.succeeded(lockout.begin("alice", OFFICE));
        fail("alice", OFFICE, 9);

        assertThat(locked("alice", OFFICE)).isZero();
    }

    @Test
    void anOfficeBehindOneAddressSurvivesAGuesserInItsMidst() {
        lockout.succeeded(lockout.begin("alice", OFFICE));
        for (int i = 0; i < 100; i++) {
            fail("victim" + i, OFFICE, 1);
        }

        assertThat(locked("alice", OFFICE)).isZero();
        assertThat(locked("victim7", OFFICE)).isEqualTo(300);
        assertThat(locked("newcomer", OFFICE)).isEqualTo(300);
    }

    @Test
    void aUserIsNotLockedOutAtHomeByGuessesFromEverywhere() {
        lockout.succeeded(lockout.begin("alice", HOME));
        for (int i = 0; i < 100; i++) {
            fail("alice", bot(i), 1);
        }
        fail("alice", HOME, 3);

        assertThat(locked("alice", HOME)).as("where he was today").isZero();
        clock.advanceSeconds(24 * 60 * 60);
        for (int i = 0; i < 100; i++) {
            fail("alice", bot(i), 1);
        }
        fail("alice", HOME, 3);
        assertThat(locked("alice", HOME)).as("where he was yesterday").isEqualTo(300);
    }

    @Test
    void norWhereHeHasNeverBeenButThereHeMayNotTryAsOften() {
        for (int i = 0; i < 100; i++) {
            fail("alice", bot(i), 1);
        }

        fail("alice", HOME, 2);
        assertThat(locked("alice", HOME)).isZero();
        fail("alice", HOME, 1);
        assertThat(locked("alice", HOME)).isEqualTo(300);
        assertThat(locked("alice", at("198.51.100.8")))
                .as("a neighbour's address")
                .isEqualTo(300);
        assertThat(locked("alice", OFFICE)).isZero();
        assertThat(locked("bob", HOME)).isZero();
    }

    @Test
    void whoHasManyAddressesOfOneNetworkGuessesNoMoreThanTheNetworkMay() {
        for (int i = 0; i < 100; i++) {
            fail("alice", at("2001:db8:0:" + Integer.toHexString(i) + "::1"), 1);
        }

        assertThat(locked("alice", at("2001:db8:0:ffff::1"))).isEqualTo(300);
        assertThat(locked("alice", at("2001:db8:1::1"))).isZero();
    }

    @Test
    void whatManyShareIsNotLockedForWhatOneOfThemDoes() {
        Source edge = OFFICE.sharedByMany();
        for (int i = 0; i < 100; i++) {
            fail("victim" + i, edge, 1);
        }

        assertThat(locked("newcomer", edge)).isZero();
        fail("newcomer", edge, 10);
        assertThat(locked("newcomer", edge)).isEqualTo(300);
    }

    /** Anybody may be behind it: ten wrong passwords of a stranger's would keep a user out of his own calls. */
    @Test
    void behindAnEdgeItTakesTenTimesAsManyToLockOutWhoProvedHimselfThere() {
        Source edge = OFFICE.sharedByMany();
        lockout.succeeded(lockout.begin("alice", edge));

        fail("alice", edge, 99);
        assertThat(locked("alice", edge)).isZero();
        fail("alice", edge, 1);
        assertThat(locked("alice", edge)).isEqualTo(300);
    }

    @Test
    void ofGuessesThatComeAtOnceNoMoreAreLetInThanOneAfterTheOther() {
        List<Lockout.Try> letIn = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Lockout.Try guess = lockout.begin("alice", OFFICE);
            if (guess.lockedSeconds() == 0) {
                letIn.add(guess);
            }
        }
        letIn.forEach(lockout::failed);

        assertThat(letIn).hasSize(10);
        assertThat(locked("alice", OFFICE)).isEqualTo(300);
    }

    @Test
    void nothingIsCountedOfTriesThatWereRightOrThatNobodyCouldJudge() {
        for (int i = 0; i < 100; i++) {
            lockout.withdrawn(lockout.begin("alice", OFFICE));
        }
        fail("alice", OFFICE, 8);
        Lockout.Try ninth = lockout.begin("alice", OFFICE);
        Lockout.Try tenth = lockout.begin("alice", OFFICE);
        assertThat(locked("alice", OFFICE)).as("while they are under way").isEqualTo(300);

        lockout.withdrawn(ninth);
        assertThat(locked("alice", OFFICE)).isZero();
        lockout.succeeded(tenth);
        fail("alice", OFFICE, 9);
        assertThat(locked("alice", OFFICE)).isZero();
    }

    @Test
    void whoProvedHimselfMaySendManyRequestsAtOnce() {
        lockout.succeeded(lockout.begin("pbx", OFFICE));
        for (int i = 0; i < 64; i++) {
            assertThat(lockout.begin("pbx", OFFICE).lockedSeconds()).isZero();
        }
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 50_000; i++) {
            fail("user" + i, bot(i), 1);
        }

        assertThat(lockout.tracked()).isEqualTo(80_000);
    }

    @Test
    void zeroIsNever() {
        Lockout never = new Lockout(0, 300_000, clock);
        for (int i = 0; i < 1000; i++) {
            never.failed("alice", OFFICE);
        }

        assertThat(never.lockedSeconds("alice", OFFICE)).isZero();
        assertThat(never.tracked()).isZero();
    }

    private void fail(String user, Source source, int times) {
        for (int i = 0; i < times; i++) {
            lockout.failed(user, source);
        }
    }

    private long locked(String user, Source source) {
        return lockout.lockedSeconds(user, source);
    }

    /** Another network each. */
    private static Source bot(int number) {
        return at("11." + number / 250 + "." + number % 250 + ".1");
    }

    private static Source at(String address) {
        return Source.of(new InetSocketAddress(address, 5061));
    }
}
