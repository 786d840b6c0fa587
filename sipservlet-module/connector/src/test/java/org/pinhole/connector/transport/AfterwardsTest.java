package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AfterwardsTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void whatIsPutOffIsDoneWhenTheMessageIsInOrderAndOnce() {
        Afterwards.process(() -> {
            assertThat(Afterwards.putOff(() -> done.add("first"))).isTrue();
            assertThat(Afterwards.putOff(() -> done.add("second"))).isTrue();
            done.add("answer");
        });
        Afterwards.process(() -> done.add("next"));

        assertThat(done).containsExactly("answer", "first", "second", "next");
    }

    @Test
    void whatIsPutOffIsDoneWhenTheMessageHasFailedAndWhenAnotherHas() {
        assertThatThrownBy(() -> Afterwards.process(() -> {
                    Afterwards.putOff(() -> {
                        throw new IllegalStateException("the container's");
                    });
                    Afterwards.putOff(() -> done.add("second"));
                    throw new IllegalStateException("the message's");
                }))
                .hasMessage("the message's");

        assertThat(done).containsExactly("second");
    }

    @Test
    void nothingIsPutOffWhereNoMessageIsProcessed() {
        List<Boolean> whenTold = new ArrayList<>();

        Afterwards.process(() -> Afterwards.putOff(() -> whenTold.add(Afterwards.putOff(() -> done.add("again")))));
        whenTold.add(Afterwards.putOff(() -> done.add("outside")));

        assertThat(whenTold).containsExactly(false, false);
        assertThat(done).isEmpty();
    }
}
