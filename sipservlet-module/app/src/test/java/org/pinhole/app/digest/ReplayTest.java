package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.credentials.StoresInOrder;

@Tag("D-7")
class ReplayTest {
    private static final String URI = "sip:pinhole.test";
    private static final String HA1 =
            DigestCalculation.ha1(DigestAlgorithm.SHA_256, "alice", "pinhole.test", "wonderland");
    private static final int COUNTS = 32;
    private static final int REPLAYS = 100_000;
    private static final int THREADS = 8;

    private final HandClock clock = new HandClock();
    private final FakeFlow flow = new FakeFlow("f1");
    private final DigestStep step = new DigestStep(DigestRealms.of(Collections.singletonList(new RealmGuard(
            "pinhole.test",
            DigestPolicy.of(DigestAlgorithm.SHA_256),
            StoresInOrder.of((user, realm, algorithm) -> HA1),
            DigestState.fresh(new Lockout(10, 300_000, clock), clock),
            clock))));

    @Test
    @Tag("trap-12")
    void ofAHundredThousandConcurrentReplaysNoneIsAccepted() throws Exception {
        FakeExchange first = FakeExchange.register("alice", flow);
        step.handle(first);
        String challenge = first.answer().values("WWW-Authenticate").get(0);
        List<String> sent = new ArrayList<>();
        for (int nc = 1; nc <= COUNTS; nc++) {
            sent.add(Phone.alice().answer(challenge, "REGISTER", URI, nc));
        }
        AtomicIntegerArray accepted = new AtomicIntegerArray(COUNTS);

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < (REPLAYS + COUNTS) / THREADS; i++) {
                        int which = ThreadLocalRandom.current().nextInt(COUNTS);
                        FakeExchange again =
                                FakeExchange.register("alice", flow).with("Authorization", sent.get(which));
                        if (step.handle(again) == StepResult.CONTINUE) {
                            accepted.incrementAndGet(which);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        for (int which = 0; which < COUNTS; which++) {
            assertThat(accepted.get(which)).as("count %s", which + 1).isEqualTo(1);
        }
    }
}
