package org.pinhole.connector.keepalive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnPingsTest {
    private static final String ALICE = "sip:alice@pinhole.test";

    private final FlowLife life = new FlowLife(15, 0);

    @Test
    void theyAreOnWhereTheConnectorLooksLikeTheWebUnlessSomethingElseIsSaid() {
        assertThat(OwnPings.parse("auto", 443).areOn()).isTrue();
        assertThat(OwnPings.parse("auto", 5061).areOn()).isFalse();
        assertThat(OwnPings.parse("30", 5061).areOn()).isTrue();
        assertThat(OwnPings.parse("off", 443).areOn()).isFalse();
        for (String wrong : new String[] {"9", "1801", "-45", "on", ""}) {
            assertThatThrownBy(() -> OwnPings.parse(wrong, 443))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("10 to 1800, auto or off expected");
        }
    }

    @Test
    void oneIsDueOnceThePhoneHasBeenSilentForTheInterval() {
        OwnPings pings = OwnPings.parse("auto", 443);
        assertThat(pings.untilNext(life, 0)).isEqualTo(seconds(45));
        life.heard(seconds(30));

        assertThat(pings.isDue(life, ALICE, seconds(45))).isFalse();
        assertThat(pings.untilNext(life, seconds(45))).isEqualTo(seconds(30));
        assertThat(pings.isDue(life, ALICE, seconds(75))).isTrue();
        assertThat(pings.untilNext(life, seconds(75))).isEqualTo(seconds(45));
    }

    @Test
    void aFlowWithNegotiatedKeepAlivesGetsNone() {
        OwnPings pings = OwnPings.parse("10", 443);
        life.agreed(ALICE, 45, 0);
        assertThat(pings.isDue(life, ALICE, seconds(60))).isFalse();

        life.ceased(ALICE);

        assertThat(pings.isDue(life, ALICE, seconds(60))).isTrue();
    }

    @Test
    void whatIsSentIsNoSignOfLife() {
        OwnPings pings = OwnPings.parse("10", 443);

        assertThat(pings.isDue(life, ALICE, seconds(10))).isTrue();
        assertThat(pings.isDue(life, ALICE, seconds(20))).isTrue();
        assertThat(life.lastHeard()).isZero();
    }

    @Test
    void aPhoneThatHangsUpOverTwoInARowGetsNoMore() {
        OwnPings pings = OwnPings.parse("10", 443);
        assertThat(pings.hungUp(life, ALICE, seconds(10), seconds(11))).isFalse();
        assertThat(pings.isDue(life, ALICE, seconds(20))).isTrue();
        assertThat(pings.hungUp(life, ALICE, seconds(20), seconds(21))).isTrue();

        FlowLife next = new FlowLife(15, seconds(22));

        assertThat(pings.isDue(next, ALICE, seconds(60))).isFalse();
        assertThat(pings.isDue(next, "sip:bob@pinhole.test", seconds(60))).isTrue();
        assertThat(pings.isDue(next, null, seconds(60))).isTrue();
    }

    @Test
    void aPhoneThatHasStoodOneSinceBearsThem() {
        OwnPings pings = OwnPings.parse("10", 443);
        pings.hungUp(life, ALICE, seconds(10), seconds(11));
        pings.stood(ALICE, seconds(30), seconds(32)); // too soon to tell
        pings.stood(ALICE, seconds(30), seconds(40));

        assertThat(pings.hungUp(life, ALICE, seconds(50), seconds(51))).isFalse();
        assertThat(pings.isDue(life, ALICE, seconds(60))).isTrue();
    }

    @Test
    void aPhoneThatHangsUpLaterOrHasSpokenSinceBearsThem() {
        OwnPings pings = OwnPings.parse("10", 443);
        for (int i = 0; i < 3; i++) {
            assertThat(pings.hungUp(life, ALICE, seconds(10), seconds(13))).isFalse();
        }
        life.heard(seconds(21));
        for (int i = 0; i < 3; i++) {
            assertThat(pings.hungUp(life, ALICE, seconds(20), seconds(21))).isFalse();
        }

        assertThat(pings.isDue(life, ALICE, seconds(60))).isTrue();
    }

    private static long seconds(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
