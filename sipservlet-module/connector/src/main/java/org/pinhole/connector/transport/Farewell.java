package org.pinhole.connector.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The last words on a connection. A socket that is closed while the peer still sends is reset, and the reset overtakes the
 * words: so our direction is closed first, what still comes is thrown away for a moment by whoever reads, then all is closed.
 */
final class Farewell {
    static final int LINGER_MILLIS = 1000;

    private static final byte[] OUR_REASONS = {21, 3, 3, 0, 2, 2, 80};
    private static final ByteBuffer OUR_REASONS_DIRECT = direct(OUR_REASONS);

    private Farewell() {}

    private static ByteBuffer direct(byte[] octets) {
        ByteBuffer direct = ByteBuffer.allocateDirect(octets.length);
        direct.put(octets);
        return direct;
    }

    /** Says them, and closes. On the event loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    static void say(ChannelHandlerContext context, byte[] words) {
        if (words.length == 0 || !(context.channel() instanceof DuplexChannel)) {
            context.writeAndFlush(Unpooled.wrappedBuffer(words)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        DuplexChannel channel = (DuplexChannel) context.channel();
        context.writeAndFlush(Unpooled.wrappedBuffer(words)).addListener(written -> closeOutput(channel));
        context.executor().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Ends a TLS connection that is no flow yet for a reason of ours: internal_error (RFC 8446 §6.2) is the alert for what is
     * neither the peer's fault nor the protocol's. On the event loop.
     */
    static void alert(Channel channel) {
        alert(channel, OUR_REASONS);
    }

    /**
     * Ends a TLS connection whose handshake is not done by this alert, in the clear and past the engine, which cannot send one
     * before it has keys. On the event loop.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // as above
    static void alert(Channel channel, byte[] alert) {
        ChannelHandlerContext engine = channel.pipeline().context(ConnectionPipeline.TLS);
        ChannelHandlerContext first =
                engine == null ? channel.pipeline().context(ConnectionPipeline.FIRST_BYTES) : engine;
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (first == null || (tls != null && tls.handshakeFuture().isSuccess())) {
            channel.close(); // there is no TLS; or there is, and it says close_notify
            return;
        }
        first.writeAndFlush(Unpooled.wrappedBuffer(alert)).addListener(written -> first.close());
    }

    /**
     * Says the same on a connection that is refused where it was accepted, with the one system call that it may cost; where
     * there is none, or the kernel does not take it, nothing. On the listening channel's event loop.
     */
    static void alertUnregistered(Channel connection) {
        if (connection instanceof UnixChannel) {
            try {
                ((UnixChannel) connection).fd().write(OUR_REASONS_DIRECT, 0, OUR_REASONS.length);
            } catch (IOException gone) {
                // and is closed now in any case
            }
        }
    }

    /**
     * Closes a flow whose room others need: with a close_notify, but not behind what the peer does not read, for which the
     * engine would wait for seconds. On the event loop.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // as above
    static void briefly(ChannelHandlerContext context) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty()) {
            context.close();
        } else {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0); // the kernel need not keep it either
            unsaid(context);
        }
    }

    /**
     * Closes a connection that is lost, past the handlers: nobody would hear a close_notify, and when thousands are reset in
     * one moment, as by a firewall that starts again, the making of theirs holds up the pongs of all the others.
     */
    static void unsaid(ChannelHandlerContext context) {
        Channel channel = context.channel();
        channel.unsafe().close(channel.voidPromise());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private static void closeOutput(DuplexChannel channel) {
        SslHandler tls = ((Channel) channel).pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(notified -> channel.shutdownOutput());
        }
    }
}
