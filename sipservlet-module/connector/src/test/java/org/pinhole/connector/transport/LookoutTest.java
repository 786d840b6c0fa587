package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookoutTest {
    private final List<Boolean> taken = new ArrayList<>();
    private long now;
    private Runnable atEachLook = () -> {};
    private final Lookout lookout = new Lookout(this::look, true);

    /** The clock is what a thread that looks out looks at each time. */
    private long look() {
        atEachLook.run();
        return now;
    }

    @Test
    void whoLooksOutAfterAShortPauseTakesOneThingThatComes() {
        pauseFor(lookout, Lookout.MOMENT_NANOS);
        atEachLook = () -> taken.add(lookout.takes());

        assertThat(lookout.sees()).isTrue();

        assertThat(taken).containsExactly(false, true);
        assertThat(lookout.takes()).isFalse();
    }

    @Test
    void nobodyLooksOutForLongerThanAMoment() {
        pauseFor(lookout, Lookout.MOMENT_NANOS);
        long began = now;
        atEachLook = () -> now += Lookout.MOMENT_NANOS / 4;

        assertThat(lookout.sees()).isFalse();

        assertThat(now - began).isLessThan(2 * Lookout.MOMENT_NANOS);
        assertThat(lookout.takes()).isFalse();
    }

    @Test
    void aClockThatStandsStillIsNotLookedAtForEver() {
        pauseFor(lookout, Lookout.MOMENT_NANOS);

        assertThat(lookout.sees()).isFalse();
    }

    @Test
    void nobodyLooksOutAtFirstNorAfterALongPause() {
        atEachLook = () -> taken.add(lookout.takes());

        assertThat(lookout.sees()).isFalse();
        pauseFor(lookout, 2 * Lookout.MOMENT_NANOS);
        assertThat(lookout.sees()).isFalse();

        assertThat(taken).isNotEmpty().containsOnly(false);
    }

    @Test
    void nobodyLooksOutWhereThereIsOneProcessor() {
        Lookout alone = new Lookout(this::look, false);
        pauseFor(alone, 0);
        atEachLook = () -> taken.add(alone.takes());

        assertThat(alone.sees()).isFalse();

        assertThat(taken).isNotEmpty().containsOnly(false);
    }

    @Test
    void oneAtATimeLooksOut() {
        pauseFor(lookout, Lookout.MOMENT_NANOS);
        List<Boolean> others = new ArrayList<>();
        atEachLook = () -> {
            atEachLook = () -> {
                atEachLook = () -> {};
                others.add(lookout.sees());
                taken.add(lookout.takes());
            };
        };

        assertThat(lookout.sees()).isTrue();

        assertThat(others).containsExactly(false);
        assertThat(taken).containsExactly(true);
    }

    private void pauseFor(Lookout those, long nanos) {
        assertThat(those.sees()).isFalse();
        now += nanos;
        those.woken();
    }
}
