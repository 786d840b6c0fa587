package org.pinhole.connector.keepalive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class FlowKeepTest {
    private static final String HUGE = String.join("", Collections.nCopies(8000, "x"));

    private final FlowLife life = new FlowLife(15, 0);
    private final FlowKeep keep = new FlowKeep(life);

    @Test
    void aRegistrationOrDialogWithANameOfAnHonestLengthIsKept() {
        keep.registered("sip:alice@pinhole.test", "45", 3600, 0);

        assertThat(keep.accepts("dialog a b c", 1, "30", 0)).isTrue();
        assertThat(life.keepSeconds()).isEqualTo(30);
    }

    @Test
    void oneWithANameAsLargeAsAMessageIsNot() {
        keep.registered(HUGE, "45", 3600, 0);

        assertThat(keep.accepts(HUGE, 1, "45", 0)).isFalse();
        assertThat(life.keepSeconds()).isEqualTo(-1);
    }

    @Test
    void theDialogThatMakesRoomForAnotherOwesNoPingsAnyMore() {
        keep.accepts("dialog first", 1, "10", 0);
        for (int i = 0; i < 63; i++) {
            keep.accepts("dialog " + i, 1, "45", 0);
        }
        assertThat(life.keepSeconds()).isEqualTo(10);

        assertThat(keep.accepts("dialog one too many", 1, "45", 0)).isTrue();

        assertThat(life.keepSeconds()).isEqualTo(45);
    }
}
