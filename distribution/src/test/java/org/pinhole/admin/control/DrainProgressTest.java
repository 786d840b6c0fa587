package org.pinhole.admin.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.pinhole.admin.file.AdminException;

class DrainProgressTest {
    @Test
    void tellsHowManyFlowsAreLeft() {
        assertThat(parsed("draining 812 43")).hasToString("drain: 812 flows left, 43 s to go");
        assertThat(parsed("drained 0 0")).hasToString("drain: no flows left; the container can be stopped");
        assertThat(parsed("off 7 0")).hasToString("drain: off, 7 flows open");
        assertThat(parsed("reopening 7 0")).asString().startsWith("drain: off, 7 flows open; a port is taken");
    }

    @Test
    void onlyADrainThatIsGoingOnIsWaitedFor() {
        assertThat(parsed("draining 1 1").isGoingOn()).isTrue();
        assertThat(parsed("drained 0 0").isGoingOn()).isFalse();
        assertThat(parsed("off 1 0").isGoingOn()).isFalse();
        assertThat(parsed("reopening 1 0").isGoingOn()).isFalse();
    }

    @Test
    void timeThatPassesIsNoProgress() {
        assertThat(parsed("draining 812 43")).isEqualTo(parsed("draining 812 42"));
        assertThat(parsed("draining 812 43")).isNotEqualTo(parsed("draining 811 43"));
    }

    @Test
    void anythingElseIsSaidToBeNotUnderstood() {
        assertThatThrownBy(() -> parsed("asleep"))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("asleep");
    }

    private static DrainProgress parsed(String line) {
        return DrainProgress.parse(Collections.singletonList(line));
    }
}
