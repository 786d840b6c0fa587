package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.UnfinishedOctets;

class IntakeTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ReadGate gate = new ReadGate(channel);
    private final UnfinishedOctets unfinished = new UnfinishedOctets(400_000);
    private final Holding holding = unfinished.of(Network.source(InetAddress.getLoopbackAddress()), () -> {});
    private final Intake intake = new Intake(gate, holding);
    private final Deque<Runnable> stack = new ArrayDeque<>();

    @Test
    void aPhoneThatFillsTheStackIsNotReadUntilHalfOfItIsDone() {
        for (int i = 0; i < Intake.MAX_IN_FLIGHT; i++) {
            assertThat(read()).isTrue();
            intake.accept(stack::add, 500, () -> {});
        }
        assertThat(read()).isFalse();
        for (int i = 0; i < Intake.MAX_IN_FLIGHT / 2; i++) {
            assertThat(read()).isFalse();
            stack.remove().run();
        }
        assertThat(read()).isTrue();
    }

    @Test
    void soIsOneWhoseMessagesAreFewAndLarge() {
        int large = Intake.MAX_BYTES_IN_FLIGHT / 2 - Intake.EACH_BYTES;
        intake.accept(stack::add, large, () -> {});
        assertThat(read()).isTrue();
        intake.accept(stack::add, large, () -> {});
        assertThat(read()).isFalse();

        stack.remove().run();

        assertThat(read()).isTrue();
    }

    /** A thousand of them could fill memory by what each may have there. */
    @Test
    void whatStrangersHaveInTheStackIsBoundedForAllOfThemTogether() {
        List<String> ended = new ArrayList<>();
        for (String phone : new String[] {"oldest", "older", "newest"}) {
            Holding held = unfinished.of(Network.source(InetAddress.getLoopbackAddress()), () -> ended.add(phone));
            new Intake(gate, held).accept(stack::add, 50_000, () -> {});
        }
        assertThat(ended).containsExactly("oldest"); // of a quarter of all, for one network
        assertThat(unfinished.all()).isEqualTo(2 * 6 * Intake.STEP_BYTES);

        stack.forEach(Runnable::run);

        assertThat(unfinished.all()).isZero();
    }

    @Test
    void fewAndSmallMessagesAndThoseOfWhoIsKnownAreNotCounted() {
        for (int i = 0; i < 5; i++) {
            intake.accept(stack::add, 1000, () -> {});
        }
        assertThat(unfinished.all()).isZero();
        holding.known();
        intake.accept(stack::add, 60_000, () -> {});
        assertThat(unfinished.all()).isZero();
    }

    @Test
    void manyAreCountedHoweverSmallTheyAre() {
        for (int i = 0; i < Intake.MAX_IN_FLIGHT; i++) {
            intake.accept(stack::add, 40, () -> {});
        }
        assertThat(unfinished.all()).isGreaterThanOrEqualTo(32 * 1024);

        stack.forEach(Runnable::run);

        assertThat(unfinished.all()).isZero();
    }

    @Test
    void workThatFailsCountsAsDone() {
        for (int i = 0; i < Intake.MAX_IN_FLIGHT; i++) {
            intake.accept(stack::add, 500, () -> {
                throw new IllegalStateException("on purpose");
            });
        }
        assertThat(read()).isFalse();

        stack.forEach(task -> assertThatThrownBy(task::run).hasMessage("on purpose"));

        assertThat(read()).isTrue();
    }

    @Test
    void oneObjectionIsNotLiftedByTheOther() {
        gate.stackIsFull(true);
        gate.queueIsFull(true);
        gate.queueIsFull(false);
        assertThat(read()).isFalse();
        gate.stackIsFull(false);
        assertThat(read()).isTrue();
    }

    private boolean read() {
        return channel.config().isAutoRead();
    }
}
