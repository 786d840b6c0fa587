package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ReadGate gate = new ReadGate(channel);
    private final Intake intake = new Intake(gate);
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
        int large = Intake.MAX_BYTES_IN_FLIGHT / 2;
        intake.accept(stack::add, large, () -> {});
        assertThat(read()).isTrue();
        intake.accept(stack::add, large, () -> {});
        assertThat(read()).isFalse();

        stack.remove().run();

        assertThat(read()).isTrue();
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
