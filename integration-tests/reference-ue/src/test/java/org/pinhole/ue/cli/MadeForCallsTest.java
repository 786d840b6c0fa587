package org.pinhole.ue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MadeForCallsTest {
    private static final class Media implements MadeForCalls.Closing {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    private final MadeForCalls<Media> made = new MadeForCalls<>();
    private final Media media = new Media();

    @Test
    void whatIsTakenUpIsTheTakersToClose() {
        made.begun("1");
        made.made("1", media);

        assertThat(made.take("1")).isSameAs(media);
        made.over("1");

        assertThat(media.closed).isFalse();
        assertThat(made.take("1")).isNull();
    }

    @Test
    void aCallThatEndsBeforeItsMediaAreTakenUpClosesThem() {
        made.begun("1");
        made.made("1", media);

        made.over("1");

        assertThat(media.closed).isTrue();
    }

    @Test
    void mediaThatAreReadyOnlyWhenTheCallIsOverAreClosedAtOnce() {
        made.begun("1");
        made.over("1");

        made.made("1", media);

        assertThat(media.closed).isTrue();
        assertThat(made.take("1")).isNull();
    }
}
