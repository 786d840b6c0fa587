package org.pinhole.connector.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ControlConversationTest {
    private int unlucky;
    private final WaitingRoom waiting = new WaitingRoom(seats -> unlucky);

    @Test
    void theTokenAndACommandAreAnsweredAndThatIsAll() {
        EmbeddedChannel connection = connection();

        connection.writeInbound(Unpooled.copiedBuffer("right status\n", UTF_8));

        await().until(() -> {
            connection.runPendingTasks();
            return !connection.isOpen();
        });
        assertThat(connection.<ByteBuf>readOutbound().toString(UTF_8)).isEqualTo("you said status\n");
    }

    @Test
    void withoutTheTokenThereIsNoAnswer() {
        for (String line : new String[] {"wrong status\n", "right\n", "\n", " status\n"}) {
            EmbeddedChannel connection = connection();

            connection.writeInbound(Unpooled.copiedBuffer(line, UTF_8));

            assertThat(connection.isOpen()).as(line).isFalse();
            assertThat(connection.outboundMessages()).isEmpty();
        }
    }

    @Test
    void aLineThatDripsIsNotWaitedForAnyLongerThanSilence() {
        EmbeddedChannel connection = connection();

        for (int second = 1; second < ControlConversation.PATIENCE_SECONDS; second++) {
            connection.advanceTimeBy(1, TimeUnit.SECONDS);
            connection.writeInbound(Unpooled.copiedBuffer("r", UTF_8));
            connection.runScheduledPendingTasks();
            assertThat(connection.isOpen()).isTrue();
        }
        connection.advanceTimeBy(2, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void anyOfThoseWhoWaitMakesRoomForWhoComesAndHasTheToken() {
        EmbeddedChannel first = connection();
        EmbeddedChannel second = connection();
        EmbeddedChannel third = connection();
        for (int i = 3; i < WaitingRoom.SEATS; i++) {
            connection();
        }
        unlucky = 1;

        EmbeddedChannel operator = connection();

        second.runPendingTasks();
        assertThat(second.isOpen()).isFalse();
        assertThat(first.isOpen()).isTrue();
        operator.writeInbound(Unpooled.copiedBuffer("right status\n", UTF_8));
        connection();
        third.runPendingTasks();
        assertThat(third.isOpen()).as("the operator waits no longer").isTrue();
    }

    private EmbeddedChannel connection() {
        EmbeddedChannel connection = new EmbeddedChannel();
        connection.freezeTime();
        waiting.enter(connection);
        connection
                .pipeline()
                .addLast(new LineBasedFrameDecoder(256))
                .addLast(new StringDecoder(UTF_8))
                .addLast(new ControlConversation("right"::equals, command -> "you said " + command, waiting));
        return connection;
    }
}
