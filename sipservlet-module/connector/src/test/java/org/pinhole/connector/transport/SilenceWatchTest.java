package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.keepalive.FlowLife;

/** On a hand-driven clock. */
class SilenceWatchTest {
    private final EmbeddedChannel connection = new EmbeddedChannel();
    private long seconds = 1_000_000;
    private final FlowLife life = new FlowLife(15, now());
    private int said;

    SilenceWatchTest() {
        connection.freezeTime();
        connection
                .pipeline()
                .addLast(new SilenceWatch(this::now, 60, life))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void userEventTriggered(ChannelHandlerContext context, Object event) {
                        assertThat(event).isSameAs(SilenceWatch.SILENT);
                        said++;
                    }
                });
    }

    @Test
    void whateverComesIsLifeAndSilenceIsSaidWhenItHasLastedLongEnough() {
        pass(59);
        connection.writeInbound(Unpooled.buffer().writeByte('\r'));
        pass(59);
        assertThat(said).isZero();

        pass(1);
        assertThat(said).isEqualTo(1);
    }

    @Test
    void aFlowThatOpensOnlyAfterThatIsWatchedLikeAnyOther() {
        pass(60);
        assertThat(said).isEqualTo(1); // to nobody: the handshake still goes on
        pass(40);

        life.heard(now()); // as when the flow opens
        pass(59);
        assertThat(said).isEqualTo(1);
        pass(1);
        assertThat(said).isEqualTo(2);
    }

    @Test
    void nothingStaysOfAConnectionThatEnds() {
        connection.finishAndReleaseAll();

        pass(600);
        assertThat(said).isZero();
    }

    private void pass(int howMany) {
        for (int second = 0; second < howMany; second++) {
            seconds++;
            connection.advanceTimeBy(1, TimeUnit.SECONDS);
            connection.runScheduledPendingTasks();
        }
    }

    private long now() {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
