package org.pinhole.connector.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.LogLines;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.Drain;
import org.pinhole.connector.transport.Drainable;
import org.pinhole.connector.transport.EventLoops;

/** On a hand-driven clock, but for the first. */
class ContainerDrainTest {
    private final EmbeddedChannel time = new EmbeddedChannel();
    private long nanos = SECONDS.toNanos(77);
    private final Flows many = new Flows("tls://127.0.0.1:15443", 400);
    private final Flows few = new Flows("tcp://127.0.0.1:15080", 200);
    private final List<Flows> open = new ArrayList<>(Arrays.asList(many, few));
    private final ContainerDrain drain = new ContainerDrain(open, time.eventLoop(), () -> nanos);

    ContainerDrainTest() {
        time.freezeTime();
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled ends with the event loops
    void noEventLoopWaitsForWhoeverHoldsTheDrain() throws InterruptedException {
        try (ContainerDrain real = new ContainerDrain(
                        Collections.<Drainable>emptyList(), GlobalEventExecutor.INSTANCE, System::nanoTime);
                EventLoops loops = new EventLoops()) {
            real.start(60);
            synchronized (real) {
                for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                    CountDownLatch turns = new CountDownLatch(6);
                    loops.every(100, turns::countDown);
                    assertThat(turns.await(10, SECONDS)).isTrue();
                }
            }
        }
    }

    @Test
    void theFlowsOfAllConnectorsAreClosedEvenlyOverTheWindow() {
        drain.start(60);
        assertThat(drain.getFlowsLeft()).isEqualTo(600);

        int before = 600;
        for (int second = 1; second <= 60; second++) {
            pass(1);
            assertThat(drain.getFlowsLeft()).as("after %d s", second).isEqualTo(600 - 10 * second);
            assertThat(before - drain.getFlowsLeft()).isEqualTo(10);
            before = drain.getFlowsLeft();
            assertThat(drain.getSecondsLeft()).isEqualTo(60 - second);
        }

        assertThat(many.mostAtOnce).isEqualTo(2); // five times a second
        assertThat(drain.getState()).isEqualTo("drained");
    }

    /** By chance all hundred lie in one half of the window less than once in 10^29 times. */
    @Test
    void whoeverIsSentAwayMeanwhileComesBackAtARandomMomentOfTheWindowBehindIt() {
        drain.start(600);
        Drain begun = Objects.requireNonNull(many.drain);

        List<Integer> seconds = IntStream.range(0, 100)
                .mapToObj(draw -> begun.retryAfterSeconds())
                .collect(Collectors.toList());

        assertThat(seconds).allMatch(after -> after > 600 && after <= 1200);
        assertThat(seconds).anyMatch(after -> after <= 900).anyMatch(after -> after > 900);
    }

    @Test
    void flowsThatEndByThemselvesAreNotMadeUpForByClosingOthersEarly() {
        drain.start(60);
        many.flows -= 300;

        pass(29);

        assertThat(drain.getFlowsLeft()).isEqualTo(300);
        pass(2);
        assertThat(drain.getFlowsLeft()).isEqualTo(290);
    }

    @Test
    void aCancelledDrainLeavesTheFlowsThatAreLeft() {
        drain.start(60);
        pass(30);

        drain.cancel();
        pass(60);

        assertThat(drain.getFlowsLeft()).isEqualTo(300);
        assertThat(drain.getState()).isEqualTo("off");
        assertThat(open).allSatisfy(connector -> assertThat(connector.listening).isTrue());
        assertThatThrownBy(drain::cancel).hasMessage("nothing is being drained");
    }

    @Test
    void aPortThatIsTakenWhenADrainIsCancelledIsSaidAndTriedUntilItIsFree() throws Exception {
        few.taken = true;
        drain.start(60);
        try (LogLines log = LogLines.follow()) {
            assertThatThrownBy(drain::cancel)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("tcp://127.0.0.1:15080 cannot be opened again: Address already in use;"
                            + " it is tried again every 5 s");
            assertThat(many.listening).isTrue();
            assertThat(drain.getState()).isEqualTo("reopening");
            assertThatThrownBy(drain::cancel).hasMessageStartingWith("tcp://127.0.0.1:15080 cannot be opened again");
            pass(60);
            assertThat(few.listening).isFalse();

            few.taken = false;
            pass(5);

            assertThat(few.listening).isTrue();
            assertThat(many.openings).isEqualTo(1);
            assertThat(drain.getState()).isEqualTo("off");
            assertThat(log.with("WARN org.pinhole.connector.admin")).hasSize(2); // once for each cancel
            assertThat(log.with("tcp://127.0.0.1:15080 is open again")).hasSize(1);
        }
    }

    @Test
    void aFaultOfOneConnectorIsSaidAndKeepsNoOtherOutNorFromBeingTriedAgain() {
        many.broken = true;
        drain.start(60);
        assertThatThrownBy(drain::cancel)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls://127.0.0.1:15443 cannot be opened again: ")
                .hasMessageContaining("no event loop; it is tried again every 5 s");
        assertThat(few.listening).isTrue();
        pass(20);

        many.broken = false;
        pass(5);

        assertThat(many.listening).isTrue();
        assertThat(drain.getState()).isEqualTo("off");
    }

    @Test
    void whatIsUndeployedOrDrainedAnewMeanwhileIsNotOpenedAgain() {
        few.taken = true;
        drain.start(60);
        assertThatThrownBy(drain::cancel).isInstanceOf(IllegalStateException.class);
        drain.start(60);
        few.taken = false;
        pass(10);
        assertThat(few.listening).isFalse();

        few.taken = true;
        assertThatThrownBy(drain::cancel).isInstanceOf(IllegalStateException.class);
        open.remove(few);
        few.taken = false;
        pass(10);

        assertThat(few.listening).isFalse();
        assertThat(drain.getState()).isEqualTo("off");
    }

    private void pass(int seconds) {
        for (int tick = 0; tick < seconds * 1000 / ContainerDrain.TICK_MILLIS; tick++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(ContainerDrain.TICK_MILLIS);
            time.advanceTimeBy(ContainerDrain.TICK_MILLIS, TimeUnit.MILLISECONDS);
            time.runScheduledPendingTasks();
        }
    }

    /** A connector that is no more than its flows. */
    private static final class Flows implements Drainable {
        private final ConnectorAddress address;
        private int flows;
        private int mostAtOnce;
        private int openings;
        private @Nullable Drain drain;
        private boolean listening = true;
        private boolean taken;
        private boolean broken;

        Flows(String address, int flows) {
            this.address = ConnectorAddress.parse(address);
            this.flows = flows;
        }

        @Override
        public ConnectorAddress address() {
            return address;
        }

        @Override
        public void drain(Drain begun) {
            drain = begun;
            listening = false;
        }

        @Override
        public void resume() throws IOException {
            if (taken) {
                throw new IOException("Address already in use");
            }
            if (broken) {
                throw new IllegalStateException("no event loop");
            }
            listening = true;
            openings++;
        }

        @Override
        public int openFlows() {
            return flows;
        }

        @Override
        public int closeFlows(int count) {
            int closed = Math.max(0, Math.min(count, flows));
            mostAtOnce = Math.max(mostAtOnce, closed);
            flows -= closed;
            return closed;
        }
    }
}
