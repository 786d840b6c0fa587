package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class FarewellTest {
    private boolean reads;
    private boolean closeNotify;
    private final EmbeddedChannel channel = new EmbeddedChannel(new Engine(), new Flow()) {
        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (reads) {
                super.doWrite(in);
            }
        }
    };

    @Test
    void whoReadsIsToldThatItEnds() {
        reads = true;
        channel.writeOutbound(Unpooled.copiedBuffer(new byte[100]));

        Farewell.briefly(channel.pipeline().context(Flow.class));

        assertThat(closeNotify).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void whoDoesNotReadIsNotWaitedFor() {
        channel.writeOutbound(Unpooled.copiedBuffer(new byte[100]));

        Farewell.briefly(channel.pipeline().context(Flow.class));

        assertThat(closeNotify).isFalse();
        assertThat(channel.isOpen()).isFalse();
    }

    /** Where TLS says its close_notify, and waits until it is taken. */
    private final class Engine extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            closeNotify = true;
        }
    }

    private static final class Flow extends ChannelInboundHandlerAdapter {}
}
