package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Lets the alert of a failed handshake arrive: a client that has sent more by then would be reset, and the reset overtakes
 * the alert. So our direction is closed first, what still comes is thrown away for a moment. Stands before the TLS engine
 * from the moment it fails; on the event loop.
 */
final class AlertDelivery extends ChannelDuplexHandler {
    private boolean closing;

    /** Whoever closes, and however often: it is closed once the moment is over, or the client has closed its side. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        Channel channel = context.channel();
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        if (channel instanceof DuplexChannel) {
            ((DuplexChannel) channel).shutdownOutput();
        }
        context.executor().schedule(() -> context.close(), Farewell.LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (closing) {
            ReferenceCountUtil.release(bytes);
        } else {
            context.fireChannelRead(bytes);
        }
    }
}
