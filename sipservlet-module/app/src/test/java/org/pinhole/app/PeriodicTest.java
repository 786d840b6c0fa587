package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeriodicTest {
    @Test
    void goesOnAfterAFault() throws Exception {
        CountDownLatch done = new CountDownLatch(3);

        try (Periodic periodic = new Periodic("a test", 1, () -> {
            done.countDown();
            throw new IllegalStateException("a fault");
        })) {
            periodic.start();
            periodic.start();

            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
