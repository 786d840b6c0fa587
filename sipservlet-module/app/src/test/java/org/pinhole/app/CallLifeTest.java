package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Over a session that expires as the container's do: it asks its listener, then it ends unless it was given more time. */
class CallLifeTest {
    private final HandClock clock = new HandClock();
    private final FakeFlow flow = new FakeFlow("alices");
    private final ExpiringSession session = new ExpiringSession(clock, new CallLife());

    @BeforeEach
    void anInviteHasPassed() {
        CallLife.begun(session.session(), flow);
    }

    @Test
    @Tag("O-6")
    @Tag("O-8")
    void aQuietCallIsRememberedForDaysWhileThePhonesFlowStands() {
        CallLife.established(session.session());

        passHours(24 * 9);

        assertThat(session.isValid()).isTrue();
    }

    @Test
    void oneWhoseFlowIsGoneIsForgottenWithinADay() {
        CallLife.established(session.session());
        passHours(36);
        flow.close("the phone has left");

        passHours(11);
        assertThat(session.isValid()).isTrue();
        passHours(2);

        assertThat(session.isValid()).isFalse();
    }

    @Test
    void afterTheByeItIsForgottenAtOnceAlthoughTheFlowStands() {
        CallLife.established(session.session());
        passHours(36);
        CallLife.ending(session.session());

        passHours(1);

        assertThat(session.isValid()).isFalse();
    }

    @Test
    void oneThatWasNeverAcceptedIsNoCall() {
        passHours(1);
        assertThat(session.isValid()).isFalse();

        CallLife.established(session.session());
        CallLife.ending(session.session());

        assertThat(session.isValid()).isFalse();
    }

    private void passHours(int hours) {
        for (int minute = 0; minute < hours * 60; minute++) {
            clock.advanceSeconds(TimeUnit.MINUTES.toSeconds(1));
            session.look();
        }
    }
}
