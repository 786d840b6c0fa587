package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of a server. */
class StopTest {
    @RegisterExtension
    final Operator operator = new Operator();

    /** As a second SIGTERM would. */
    @Test
    void whoeverClosesTheServerOnceMoreHasNothingToDo() throws Exception {
        LiveServer server = operator.server();
        int many = 8;
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        Callable<Integer> close = () -> {
            int arrived = together.await();
            server.server().close();
            return arrived;
        };

        List<Future<Integer>> closed = threads.invokeAll(Collections.nCopies(many, close));
        threads.shutdown();

        assertThat(closed).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(30)));
        server.server().awaitClose();
    }
}
