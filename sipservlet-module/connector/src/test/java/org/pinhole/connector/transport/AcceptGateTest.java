package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.LogLines;

class AcceptGateTest {
    private final EmbeddedChannel listening = new EmbeddedChannel(
            new AcceptGate(ConnectorAddress.parse("tls://127.0.0.1:443"), connection -> true, connection -> {}));

    @Test
    void anAcceptThatFailsMakesAPauseAndNoEndHoweverOftenItFails() {
        listening.freezeTime();
        for (int i = 0; i < 100; i++) {
            fails();
            assertThat(listening.config().isAutoRead()).isFalse();
            passes(AcceptGate.PAUSE_MILLIS);
            assertThat(listening.config().isAutoRead()).isTrue();
        }
        listening.checkException();
    }

    /** As it is when the process is given no processor for so long. */
    @Test
    void itIsOverOnceItHasListenedForAWhileWithoutAnyFailureHoweverLateThePauseEnds() throws Exception {
        listening.freezeTime();
        try (LogLines log = LogLines.follow()) {
            fails();
            passes(TimeUnit.SECONDS.toMillis(AcceptGate.RECOVERED_SECONDS));
            assertThat(listening.config().isAutoRead()).isTrue();
            fails();
            passes(AcceptGate.PAUSE_MILLIS);
            passes(TimeUnit.SECONDS.toMillis(AcceptGate.RECOVERED_SECONDS) - 1);
            assertThat(log.with("connections are accepted again")).isEmpty();

            passes(1);
            assertThat(log.with("connections are accepted again")).hasSize(1);
            assertThat(log.with("connections cannot be accepted")).hasSize(1);
        }
    }

    private void fails() {
        listening.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
    }

    private void passes(long millis) {
        listening.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        listening.runScheduledPendingTasks();
    }

    @Test
    void aFaultOfOursMakesNoPause() {
        listening.pipeline().fireExceptionCaught(new IllegalStateException("a fault"));

        assertThat(listening.config().isAutoRead()).isTrue();
        listening.checkException();
    }
}
