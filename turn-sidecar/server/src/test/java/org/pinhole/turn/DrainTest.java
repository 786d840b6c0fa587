package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.turn.admin.OperationFailed;

class DrainTest {
    private volatile Instant now = Instant.EPOCH;
    private final Drain drain = new Drain(() -> now, Drain.AlternateServers.NONE);
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void runTheClockOut() {
        now = Instant.MAX;
    }

    @Test
    @Tag("T-20")
    void whoAsksForTheDrainOfAnEmptyServerIsAnsweredBeforeItIsLookedAt() throws Exception {
        beginTo(Duration.ofHours(1));

        drain.await(() -> seen("looked", 0), () -> events.add("paused"));

        assertThat(events).containsExactly("paused", "looked");
    }

    @Test
    @Tag("T-20")
    void aLoopThatDoesNotAnswerEndsNoCallBeforeTheDeadline() throws Exception {
        beginTo(Duration.ofSeconds(3));

        drain.await(
                () -> {
                    events.add("asked in vain");
                    throw new OperationFailed("an event loop did not answer", new java.io.IOException());
                },
                () -> now = now.plusSeconds(1));

        assertThat(events).containsExactly("asked in vain", "asked in vain");
        assertThat(now).isEqualTo(Instant.EPOCH.plusSeconds(3));
    }

    @Test
    @Tag("T-20")
    void closesOnceOnAThreadOfItsOwnHoweverOftenItIsBegun() throws Exception {
        CompletableFuture<String> closer = new CompletableFuture<>();

        drain.begin(
                Duration.ofHours(1),
                () -> 0,
                () -> closer.complete(Thread.currentThread().getName()));
        drain.begin(Duration.ofHours(2), () -> 0, () -> events.add("closed again"));

        assertThat(closer.get(30, TimeUnit.SECONDS)).isEqualTo("turn-drain");
        assertThat(events).isEmpty();
    }

    /** Its own thread finds an allocation until the clock runs out. */
    private void beginTo(Duration atMost) {
        drain.begin(atMost, () -> 1, () -> {});
    }

    private int seen(String event, int allocations) {
        events.add(event);
        return allocations;
    }
}
