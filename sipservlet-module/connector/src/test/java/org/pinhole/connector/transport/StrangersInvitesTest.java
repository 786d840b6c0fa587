package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StrangersInvitesTest {
    private long now = 77;
    private final StrangersInvites invites = new StrangersInvites(10L * StrangersInvites.EACH_OCTETS, () -> now);

    @Test
    void thereAreAsManyAsThereIsMemoryForAndEachIsForgottenWhenTheContainerForgetsIt() {
        for (int call = 0; call < 5; call++) {
            assertThat(invites.admit(0)).isTrue();
        }
        now += TimeUnit.SECONDS.toNanos(30);
        for (int call = 5; call < 10; call++) {
            assertThat(invites.admit(0)).isTrue();
        }
        assertThat(invites.admit(0)).isFalse();

        now += TimeUnit.SECONDS.toNanos(30);

        for (int call = 0; call < 5; call++) {
            assertThat(invites.admit(0)).isTrue();
        }
        assertThat(invites.admit(0)).isFalse();
    }

    @Test
    void aBodyCounts() {
        for (int call = 0; call < 5; call++) {
            assertThat(invites.admit(StrangersInvites.EACH_OCTETS)).isTrue();
        }

        assertThat(invites.admit(0)).isFalse();
    }
}
