package org.pinhole.connector.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.transport.EventLoops;

class ContainerDrainTest {
    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled ends with the event loops
    void noEventLoopWaitsForWhoeverHoldsTheDrain() throws InterruptedException {
        ContainerDrain drain = new ContainerDrain(Collections.emptyList());
        try (EventLoops loops = new EventLoops()) {
            drain.start(60);
            synchronized (drain) {
                for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                    CountDownLatch turns = new CountDownLatch(6);
                    loops.every(100, turns::countDown);
                    assertThat(turns.await(10, SECONDS)).isTrue();
                }
            }
        }
    }
}
