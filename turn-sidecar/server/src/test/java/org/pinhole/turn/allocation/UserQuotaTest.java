package org.pinhole.turn.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.StunException;

@Tag("T-4")
class UserQuotaTest {
    private long now = 42;

    @Test
    void aUserHasAQuotaOfAllocationsAndAllHaveOne() {
        UserQuota quota = new UserQuota(new QuotaLimits(2, 3, 1, 0, 0, 0), () -> now);
        Quota.Share first = quota.open("alice");
        quota.open("alice");

        assertRefused(486, () -> quota.open("alice"));
        quota.open("bob");
        assertRefused(508, () -> quota.open("bob"));
        first.close();
        quota.open("bob");

        assertThat(quota.users()).isEqualTo(2);
    }

    @Test
    void whoHoldsNothingIsForgotten() {
        UserQuota quota = new UserQuota(QuotaLimits.DEFAULT, () -> now);

        for (int i = 0; i < 1_000; i++) {
            quota.open("user" + i).close();
        }

        assertThat(quota.users()).isZero();
    }

    @Test
    void aUserHasAQuotaOfPeerConnectionsOverAllHisAllocationsAndAllHaveOne() {
        UserQuota quota = new UserQuota(new QuotaLimits(9, 0, 2, 3, 0, 0), () -> now);
        Quota.Share one = quota.open("alice");
        Quota.Share two = quota.open("alice");
        Quota.Share bobs = quota.open("bob");
        one.openConnection();
        two.openConnection();

        assertRefused(486, one::openConnection);
        bobs.openConnection();
        assertRefused(508, bobs::openConnection);
        two.closeConnection();
        one.openConnection();

        assertThat(quota.connections()).isEqualTo(3);
    }

    @Test
    void aUsersBandwidthIsOneForAllHisAllocations() {
        UserQuota quota = new UserQuota(new QuotaLimits(9, 0, 9, 0, 1_000, 0), () -> now);
        Quota.Share one = quota.open("alice");
        Quota.Share two = quota.open("alice");

        assertThat(one.admits(600)).isTrue();
        assertThat(two.admits(600)).isFalse();
        assertThat(two.admits(400)).isTrue();
        assertThat(quota.open("bob").admits(600)).isTrue();
        now += TimeUnit.MILLISECONDS.toNanos(500);
        assertThat(one.admits(501)).isFalse();
        assertThat(one.admits(500)).isTrue();
    }

    @Test
    void theServersBandwidthIsOneForAll() {
        UserQuota quota = new UserQuota(new QuotaLimits(9, 0, 9, 0, 0, 1_000), () -> now);

        assertThat(quota.open("alice").admits(600)).isTrue();
        assertThat(quota.open("bob").admits(600)).isFalse();
    }

    @Test
    void aStreamIsSlowedDownInsteadOfLosingAnything() {
        UserQuota quota = new UserQuota(new QuotaLimits(9, 0, 9, 0, 1_000, 0), () -> now);
        Quota.Share share = quota.open("alice");

        assertThat(share.pauseNanos(1_000)).isZero();
        assertThat(share.pauseNanos(500)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        now += TimeUnit.MILLISECONDS.toNanos(500);
        assertThat(share.pauseNanos(0)).isZero();
    }

    @Test
    void aReloadChangesTheLimitsOfThoseWhoAreHere() {
        UserQuota quota = new UserQuota(new QuotaLimits(1, 0, 9, 0, 0, 0), () -> now);
        Quota.Share share = quota.open("alice");
        assertThat(share.admits(1_000_000)).isTrue();

        quota.set(new QuotaLimits(2, 0, 9, 0, 1_000, 0));

        assertThat(share.admits(1_001)).isFalse();
        assertThat(quota.open("alice")).isNotNull();
    }

    private static void assertRefused(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StunException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
