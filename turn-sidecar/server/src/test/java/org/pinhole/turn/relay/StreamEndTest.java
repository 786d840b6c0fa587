package org.pinhole.turn.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pair of connections without sockets, whose time is turned by hand. */
@Tag("T-21")
class StreamEndTest {
    private static final StreamMeter UNMETERED = new StreamMeter() {
        @Override
        public void toPeer(int bytes) {}

        @Override
        public void toClient(int bytes) {}

        @Override
        public long pauseNanos(int bytes) {
            return 0;
        }
    };

    private final EmbeddedChannel peer = new EmbeddedChannel();
    private final EmbeddedChannel client = new EmbeddedChannel();

    @BeforeEach
    void join() {
        peer.freezeTime();
        client.freezeTime();
        StreamEnd.join(StreamEnd.attach(peer), StreamEnd.attach(client), UNMETERED);
        run();
    }

    @Test
    void oneDirectionGoesOnForFiveMinutesAfterTheEndOfTheOtherAndNoLonger() {
        peer.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        run();

        pass(299);
        client.writeInbound(Unpooled.copiedBuffer("still here", US_ASCII));
        run();
        ByteBuf read = peer.readOutbound();
        while (read != null && !read.isReadable()) {
            read = peer.readOutbound();
        }
        assertThat(read).isNotNull();
        assertThat(read.toString(US_ASCII)).isEqualTo("still here");
        assertThat(client.isOpen()).isTrue();

        pass(1);
        assertThat(client.isOpen()).isFalse();
        assertThat(peer.isOpen()).isFalse();
    }

    @Test
    void theEndOfBothDirectionsIsTheEndAtOnce() {
        peer.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        run();

        assertThat(client.isOpen()).isFalse();
        assertThat(peer.isOpen()).isFalse();
    }

    private void pass(long seconds) {
        peer.advanceTimeBy(seconds, TimeUnit.SECONDS);
        client.advanceTimeBy(seconds, TimeUnit.SECONDS);
        run();
    }

    /** Each has an event loop of its own, and they post to each other. */
    private void run() {
        for (int i = 0; i < 4; i++) {
            peer.runPendingTasks();
            client.runPendingTasks();
        }
    }
}
