package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.request.RequestRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's TCP or TLS connection, which is also the way back to it. The allocation ends with the connection, and a
 * connection that has none for a while is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class StreamClient extends SimpleChannelInboundHandler<ByteBuf> implements ClientPath {
    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);
    private static final long IDLE_SECONDS = 60;

    private final RequestRouter router;
    private final FiveTuple fiveTuple;
    private final Channel channel;
    private final FlushOnce flush;
    private final ScheduledFuture<?> idleCheck;
    private boolean heardOf;

    /** For a connection that has just been accepted, on its event loop. */
    StreamClient(
            RequestRouter router,
            TransportProtocol transport,
            InetSocketAddress client,
            InetSocketAddress server,
            Channel channel) {
        this.router = router;
        this.fiveTuple = new FiveTuple(transport, client, server);
        this.channel = channel;
        this.flush = new FlushOnce(channel);
        this.idleCheck = channel.eventLoop()
                .scheduleAtFixedRate(this::closeIfIdle, IDLE_SECONDS, IDLE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        heardOf = true;
        router.received(this, frame);
    }

    /** A client that does not read its answers is not read from either: what we hold for it is bounded. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        channel.config().setAutoRead(channel.isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        idleCheck.cancel(false);
        router.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) { // the connection's, or TLS's
            LOG.debug("{}: closed, {}", fiveTuple, cause.toString());
        } else {
            LOG.error("{}: closed for a reason of our own", fiveTuple, cause);
        }
        channel.close();
    }

    private void closeIfIdle() {
        if (!heardOf && !router.serves(this)) {
            LOG.debug("{}: closed, no allocation and silent", fiveTuple);
            channel.close();
        }
        heardOf = false;
    }

    @Override
    public FiveTuple fiveTuple() {
        return fiveTuple;
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public void answer(ByteBuf message) {
        channel.write(message, channel.voidPromise());
        flush.request();
    }

    /** Late media is worth nothing: when the client reads slower than its peers send, it loses packets, as on UDP. */
    @Override
    public void relay(ByteBuf message) {
        if (channel.isWritable()) {
            answer(message);
        } else {
            message.release();
        }
    }
}
