package org.pinhole.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void aMachineThatChangesItsSpeedFromRoundToRoundDoesNotChangeWhoIsFaster() {
        Turns ours = turns(100, 220, 330);
        Turns theirs = turns(90, 200, 400);

        assertThat(ours.medianRatio(theirs)).isEqualTo(1.1, within(1e-9));
        assertThat(ours.median()).isEqualTo(220);
    }

    private static Turns turns(double... rates) {
        Turns turns = new Turns("any");
        for (double rate : rates) {
            turns.add(rate, new Histogram(3));
        }
        return turns;
    }
}
