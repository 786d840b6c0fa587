package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptGateTest {
    private final EmbeddedChannel listening = new EmbeddedChannel(
            new AcceptGate(ConnectorAddress.parse("tls://127.0.0.1:443"), connection -> true, connection -> {}));

    @Test
    void anAcceptThatFailsMakesAPauseAndNoEndHoweverOftenItFails() {
        listening.freezeTime();
        for (int i = 0; i < 100; i++) {
            listening.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
            assertThat(listening.config().isAutoRead()).isFalse();
            listening.advanceTimeBy(AcceptGate.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            listening.runScheduledPendingTasks();
            assertThat(listening.config().isAutoRead()).isTrue();
        }
        listening.checkException();
    }

    @Test
    void aFaultOfOursMakesNoPause() {
        listening.pipeline().fireExceptionCaught(new IllegalStateException("a fault"));

        assertThat(listening.config().isAutoRead()).isTrue();
        listening.checkException();
    }
}
