package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.relay.StreamEnd;
import org.pinhole.turn.request.RequestRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's TCP or TLS connection, which is also the way back to it. The allocation ends with the connection, and a
 * connection that does not begin, does nothing or takes nothing for too long is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class StreamClient extends SimpleChannelInboundHandler<ByteBuf> implements ClientPath {
    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    private final RequestRouter router;
    private final FiveTuple fiveTuple;
    private final Channel channel;
    private final StreamLimits limits;
    private final StreamCounts counts;
    private final FlushOnce flush;
    private final RelayQueue queue;
    private final Ticker ticker;
    private final long begun;
    private final ScheduledFuture<?> check;
    private final FrameDecoder frames;
    private final ReadBuffers buffers;
    private boolean heardOf;
    private boolean heard;
    private boolean carriesData;
    private boolean served;
    private boolean handshakeOver;
    private long lastHeard;
    private long stuckSince;

    /** For a connection that has just been accepted, on its event loop. */
    StreamClient(RequestRouter router, FiveTuple fiveTuple, Channel channel, StreamRules rules, ReadBuffers buffers) {
        this.router = router;
        this.fiveTuple = fiveTuple;
        this.channel = channel;
        this.limits = rules.limits();
        this.counts = rules.counts();
        this.flush = new FlushOnce(channel);
        this.queue = new RelayQueue(limits.queueBytes(), limits.queueAge().toNanos(), counts);
        this.ticker = channel.eventLoop().ticker();
        this.begun = ticker.nanoTime();
        this.lastHeard = begun;
        long period = limits.checkPeriod().toMillis();
        this.check = channel.eventLoop().scheduleAtFixedRate(this::check, period, period, TimeUnit.MILLISECONDS);
        this.frames = new FrameDecoder(counts, this::isServed);
        this.buffers = buffers;
    }

    /** What cuts the stream into frames, to stand before this in the pipeline. */
    FrameDecoder frames() {
        return frames;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        heardOf = true;
        router.received(this, frame);
        if (!served && isServed()) {
            served = true;
            buffers.allowLarge();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        check.cancel(false);
        queue.clear();
        router.closed(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
            handshakeOver = true;
            counts.handshakeDone(ticker.nanoTime() - begun);
        } else if (event instanceof SslCompletionEvent failed && !failed.isSuccess() && !handshakeOver) {
            handshakeOver = true; // told by the ClientHello's reader, by TLS itself, or by both
            counts.handshakeFailed();
        }
        context.fireUserEventTriggered(event);
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

    private void check() {
        long now = ticker.nanoTime();
        if (heardOf) {
            heard = true;
            heardOf = false;
            lastHeard = now;
        }
        if (!heard && now - begun >= limits.firstMessage().toNanos()) {
            close(Refusal.NO_MESSAGE);
        } else if (now - lastHeard >= limits.idle().toNanos() && !isServed()) {
            close(Refusal.IDLE);
        } else if (!channel.isWritable()
                && now - stuckSince >= limits.slowReader().toNanos()) {
            close(Refusal.SLOW_READER);
        }
    }

    private boolean isServed() {
        return router.serves(this);
    }

    /** Said where an operator sees it when it costs an allocation; strangers come and go, and are counted. */
    private void close(Refusal why) {
        counts.refuse(why);
        if (isServed()) {
            LOG.info("{}: closed, {}", fiveTuple, why);
        } else {
            LOG.debug("{}: closed, {}", fiveTuple, why);
        }
        channel.close();
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
    public boolean isOpen() {
        return channel.isActive() && !carriesData;
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    /**
     * Answers are never lost, so a client that does not read them is not read from either: what it can make us hold is the
     * answers to what has been read already.
     */
    @Override
    public void answer(ByteBuf message) {
        channel.write(message, channel.voidPromise());
        flush.request();
        if (!channel.isWritable()) {
            channel.config().setAutoRead(false);
        }
        frames.answered();
    }

    /** Behind the last answer; what came behind the request goes to the peer. */
    @Override
    public StreamEnd becomeDataConnection() {
        carriesData = true;
        buffers.allowLarge();
        channel.flush();
        check.cancel(false);
        StreamEnd end = StreamEnd.attach(channel);
        channel.pipeline().remove(this);
        channel.pipeline().remove(frames);
        return end;
    }

    /** Media waits for a slow client as long as it is worth something; it never stops the client's own. */
    @Override
    public void relay(ByteBuf message) {
        if (channel.isWritable() && queue.isEmpty()) {
            channel.write(message, channel.voidPromise());
            flush.request();
        } else if (channel.isActive()) {
            queue.add(message, ticker.nanoTime());
        } else {
            message.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        stuckSince = ticker.nanoTime();
        while (channel.isWritable()) {
            ByteBuf next = queue.poll(stuckSince);
            if (next == null) {
                channel.config().setAutoRead(true);
                break;
            }
            channel.write(next, channel.voidPromise());
            flush.request();
        }
    }
}
