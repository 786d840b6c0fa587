package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Over a session that expires as the container's do: it asks its listener, then it ends unless it was given more time. */
class DialogLifeTest {
    private static final String ALICE = "sip:alice@pinhole.test";

    private final HandClock clock = new HandClock();
    private final FakeFlow flow = new FakeFlow("alices");
    private final StandingDialogs standing = new StandingDialogs();
    private final ExpiringSession session = new ExpiringSession(clock, new DialogLife());

    @BeforeEach
    void aRequestHasPassed() {
        DialogLife.begun(session.session(), flow, ALICE, standing);
    }

    @Test
    @Tag("O-6")
    @Tag("O-8")
    void aQuietCallIsRememberedForDaysWhileThePhonesFlowStands() {
        DialogLife.established(session.session());

        passHours(24 * 9);

        assertThat(session.isValid()).isTrue();
    }

    @Test
    void oneWhoseFlowIsGoneIsForgottenWithinADay() {
        DialogLife.established(session.session());
        passHours(36);
        flow.close("the phone has left");

        passHours(11);
        assertThat(session.isValid()).isTrue();
        passHours(2);

        assertThat(session.isValid()).isFalse();
    }

    @Test
    void afterTheByeItIsForgottenAtOnceAlthoughTheFlowStands() {
        DialogLife.established(session.session());
        passHours(36);
        DialogLife.ending(session.session());

        passHours(1);

        assertThat(session.isValid()).isFalse();
    }

    @Test
    void oneThatWasNeverAcceptedIsNoCall() {
        passHours(1);
        assertThat(session.isValid()).isFalse();

        DialogLife.established(session.session());
        DialogLife.ending(session.session());

        assertThat(session.isValid()).isFalse();
    }

    /** Its NOTIFYs come when something has happened, which may be once in an hour (RFC 6665 §4.2). */
    @Test
    @Tag("O-6")
    @Tag("O-8")
    void aSubscriptionIsRememberedForAsLongAsItWasGranted() {
        DialogLife.subscribed(session.session(), 3600);

        passMinutes(60);
        assertThat(session.isValid()).isTrue();
        passMinutes(4);

        assertThat(session.isValid()).isFalse();
        assertThat(standing.size()).isZero();
    }

    @Test
    void aRefreshLengthensIt() {
        DialogLife.subscribed(session.session(), 600);
        passMinutes(9);
        DialogLife.subscribed(session.session(), 600);
        passMinutes(9);
        DialogLife.subscribed(session.session(), SubscriptionTime.UNTOLD);

        assertThat(session.isValid()).isTrue();
        passMinutes(6);
        assertThat(session.isValid()).isFalse();
    }

    @Test
    void theNotifyThatEndsItIsTheLastThatIsRemembered() {
        DialogLife.subscribed(session.session(), 3600);
        DialogLife.subscribed(session.session(), 0);

        assertThat(standing.size()).isZero();
        passMinutes(4);

        assertThat(session.isValid()).isFalse();
    }

    /** A REFER within a call has a subscription of its own, which ends before the call does. */
    @Test
    void theEndOfASubscriptionWithinACallIsNotTheCalls() {
        DialogLife.established(session.session());
        DialogLife.subscribed(session.session(), 60);
        DialogLife.subscribed(session.session(), 0);

        passHours(48);

        assertThat(session.isValid()).isTrue();
    }

    /** As on a flow whose first request is a call, which an application may answer before it knows who that is. */
    @Test
    void itIsForgottenByTheNameUnderWhichItWasNoted() {
        DialogLife.established(session.session());
        flow.authenticated("sip:alice@pinhole.test");

        DialogLife.established(session.session());
        DialogLife.ending(session.session());

        assertThat(standing.size()).isZero();
    }

    /** Two phones of one user could begin calls for ever and end none. */
    @Test
    void ofAUsersDialogsTheOldestMakesRoomAndIsForgottenWhenItIsQuiet() {
        List<ExpiringSession> sessions = calls(300, ALICE);
        assertThat(standing.size()).isEqualTo(256);

        for (int minute = 0; minute < 10; minute++) {
            clock.advanceSeconds(60);
            sessions.forEach(ExpiringSession::look);
        }

        assertThat(sessions.subList(0, 44)).noneMatch(ExpiringSession::isValid);
        assertThat(sessions.subList(44, 300)).allMatch(ExpiringSession::isValid);
    }

    /** As of two phones behind one edge. */
    @Test
    void anotherUsersDialogsOnTheSameFlowMakeHisNoRoom() {
        List<ExpiringSession> hers = calls(200, ALICE);
        List<ExpiringSession> his = calls(200, "sip:bob@pinhole.test");

        passMinutes(10);
        hers.forEach(ExpiringSession::look);
        his.forEach(ExpiringSession::look);

        assertThat(standing.size()).isEqualTo(400);
        assertThat(hers).allMatch(ExpiringSession::isValid);
        assertThat(his).allMatch(ExpiringSession::isValid);
    }

    private List<ExpiringSession> calls(int count, String user) {
        List<ExpiringSession> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ExpiringSession call = new ExpiringSession(clock, new DialogLife());
            DialogLife.begun(call.session(), flow, user, standing);
            DialogLife.established(call.session());
            sessions.add(call);
        }
        return sessions;
    }

    private void passHours(int hours) {
        passMinutes(hours * 60);
    }

    private void passMinutes(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            clock.advanceSeconds(TimeUnit.MINUTES.toSeconds(1));
            session.look();
        }
    }
}
