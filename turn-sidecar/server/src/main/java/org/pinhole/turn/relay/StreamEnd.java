package org.pinhole.turn.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a pair of spliced TCP or TLS connections (RFC 6062 §5.4): bytes pass as they are, in both directions.
 *
 * <p>Nothing is read before the pair is joined, and nothing more until what was read has been written, so a slow side slows
 * the other through TCP's own window; what has come unasked for, at the latest with the end of the stream, waits here and is
 * never more than the kernel's buffer. The end of one direction is carried over and the other direction goes on, for a
 * bounded time; but where TLS has no half of an end, it is the end of both. Each end lives on the event loop of its own
 * channel; the two may differ.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that closes the pair
public final class StreamEnd extends ChannelDuplexHandler {
    /** How long one direction may go on after the other has ended, and how long the last bytes may take. */
    static final long HALF_CLOSED_SECONDS = 300;

    /** What is read at most before the other side has taken it, and what the kernel may hold for us meanwhile. */
    static final int BUFFER_BYTES = 128 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(StreamEnd.class);

    private final Channel channel;
    private final Queue<ByteBuf> early = new ArrayDeque<>();
    private @Nullable StreamEnd other;
    private @Nullable StreamMeter meter;
    private boolean towardsPeer;
    private @Nullable ChannelFuture lastWrite;
    private int unpaidBytes;
    private boolean inputEnded;

    /** An end for a channel; to be added to its pipeline, last, by {@link #attach}. */
    private StreamEnd(Channel channel) {
        this.channel = channel;
    }

    /** Takes over a channel, from now on in charge of what it reads and of closing it; before it is registered, or on its loop. */
    public static StreamEnd attach(Channel channel) {
        StreamEnd end = new StreamEnd(channel);
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(end);
        return end;
    }

    /** Joins the peer's end with the client's, in that order; {@code meter} counts on the loop of the peer's. */
    public static void join(StreamEnd peer, StreamEnd client, StreamMeter meter) {
        peer.channel.eventLoop().execute(() -> peer.start(client, meter, true));
        client.channel.eventLoop().execute(() -> client.start(peer, meter, false));
    }

    /** Closes this end at once; a joined one takes its other end with it. May be called on any thread. */
    public void close() {
        channel.close();
    }

    /** Runs {@code action} on this end's event loop when it is closed, which may be now. */
    public void whenClosed(Runnable action) {
        channel.closeFuture().addListener(closed -> action.run());
    }

    private void start(StreamEnd end, StreamMeter counts, boolean peerSide) {
        other = end;
        meter = counts;
        towardsPeer = peerSide;
        if (!channel.isActive()) {
            releaseEarly();
            end.closeBehindWrites();
            return;
        }
        for (ByteBuf data = early.poll(); data != null; data = early.poll()) {
            forward(end, counts, data);
        }
        if (inputEnded) {
            inputEndsFor(end);
        }
        written(end);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        if (other == null || meter == null) {
            early.add(data);
        } else {
            forward(other, meter, data);
        }
    }

    private void forward(StreamEnd end, StreamMeter counts, ByteBuf data) {
        int bytes = data.readableBytes();
        if (towardsPeer) {
            counts.toClient(bytes);
        }
        unpaidBytes += bytes;
        lastWrite = end.channel.write(data);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (other != null) {
            written(other);
        }
    }

    /** Reads on once what was read has been written, and paid for. */
    private void written(StreamEnd end) {
        ChannelFuture write = lastWrite;
        lastWrite = null;
        if (write == null) {
            readOn();
        } else {
            end.channel.flush();
            write.addListener(done -> channel.eventLoop().execute(this::readOn));
        }
    }

    private void readOn() {
        if (inputEnded || meter == null) {
            return;
        }
        long pause = meter.pauseNanos(unpaidBytes);
        unpaidBytes = 0;
        if (pause > 0) {
            channel.eventLoop().schedule(() -> channel.read(), pause, TimeUnit.NANOSECONDS);
        } else {
            channel.read();
        }
    }

    /** On the peer's side: what the client sends is counted here, on the loop that counts. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (towardsPeer && meter != null && message instanceof ByteBuf data && data.isReadable()) {
            meter.toPeer(data.readableBytes());
        }
        context.write(message, promise);
    }

    /** The other side will send no more: TCP's FIN, or TLS's close_notify. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if ((event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) && !inputEnded) {
            inputEnded = true;
            if (other != null) {
                inputEndsFor(other);
            }
        }
        context.fireUserEventTriggered(event);
    }

    /** The other end hears of it behind all that was read; and that nothing can be sent to this one any more, if so it is. */
    private void inputEndsFor(StreamEnd end) {
        end.endOutput();
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null
                && tls.engine().isOutboundDone()) { // TLS 1.2 ends as a whole, and with BoringSSL's engine 1.3 too
            channel.close();
        }
    }

    /** Ends this end's output behind all that was written to it; both directions over means closed. */
    private void endOutput() {
        channel.eventLoop()
                .execute(() -> channel.writeAndFlush(channel.alloc().buffer(0)).addListener(done -> {
                    if (inputEnded) {
                        channel.close();
                        return;
                    }
                    shutdownOutput();
                    closeInTime();
                }));
    }

    private void shutdownOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseEarly();
        if (other != null) {
            other.closeBehindWrites();
        }
    }

    private void releaseEarly() {
        early.forEach(ByteBuf::release);
        early.clear();
    }

    /** Closes once what was written has left, or cannot within bounded time. */
    private void closeBehindWrites() {
        channel.eventLoop().execute(() -> {
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
            closeInTime();
        });
    }

    private void closeInTime() {
        ScheduledFuture<?> timer =
                channel.eventLoop().schedule((Runnable) this::close, HALF_CLOSED_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("data connection {}: closed, {}", channel.remoteAddress(), cause.toString());
        channel.close();
    }
}
