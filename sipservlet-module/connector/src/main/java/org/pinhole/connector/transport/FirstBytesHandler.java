package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Portion;
import org.pinhole.connector.transport.ConnectorCounters.HandshakeFailure;

/**
 * Looks at what a connection begins with, and makes its own place free for TLS once it is TLS: a connection that says nothing
 * holds no TLS engine. What is not TLS is told so and closed: HTTP in its own words, the rest by an alert.
 */
final class FirstBytesHandler extends ByteToMessageDecoder {
    private static final byte[] HTTP_ANSWER = ("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
                    + "Content-Type: text/plain\r\nContent-Length: 32\r\n\r\nThis port speaks SIP over TLS.\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    /** A TLS record with the fatal alert unexpected_message (RFC 8446 §6). */
    static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 10};

    private final InetAddress source;
    private final Connector connector;
    private final LongFunction<ChannelHandler> tls;
    private final long deadlineNanos;
    private final Portion held;
    private @Nullable Future<?> deadline;
    private boolean decided;

    /**
     * For one connection.
     *
     * @param deadlineNanos when the handshake must be over, by the connector's clock
     * @param holding what the connection holds; for as long as nothing is decided, a buffer with a few bytes
     * @param tls makes the station that takes its place, for TLS that has this many milliseconds left
     */
    FirstBytesHandler(
            InetAddress source,
            Connector connector,
            Holding holding,
            long deadlineNanos,
            LongFunction<ChannelHandler> tls) {
        this.source = source;
        this.connector = connector;
        this.deadlineNanos = deadlineNanos;
        this.tls = tls;
        this.held = holding.portion();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> silent(context), millisLeft(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        super.channelRead(context, bytes);
        if (!context.isRemoved()) {
            held.is(Pinned.by(internalBuffer()));
        }
    }

    private long millisLeft() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - connector.nanoTime()));
    }

    /** Not a word, or no more than the beginning of one. */
    private void silent(ChannelHandlerContext context) {
        decided = true;
        Arrival.of(context.channel()).failed(HandshakeFailure.TIMEOUT);
        Farewell.say(context, HandshakeHandler.ALERT.clone());
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (decided) {
            in.skipBytes(in.readableBytes());
            return;
        }
        switch (FirstBytes.sniff(in)) {
            case UNDECIDED:
                return;
            case TLS:
                context.pipeline().replace(this, "records", tls.apply(millisLeft()));
                return;
            case HTTP:
                refuse(context, "HTTP in clear on a TLS port", HTTP_ANSWER);
                return;
            default:
                refuse(context, "neither TLS nor HTTP on a TLS port", ALERT);
        }
    }

    private void refuse(ChannelHandlerContext context, String words, byte[] answer) {
        decided = true;
        Arrival.of(context.channel()).failed(HandshakeFailure.NOT_TLS);
        connector.complaints().about(source, words);
        Farewell.say(context, answer);
    }

    /** Replaced, or the connection is gone. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        held.is(0);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        Arrival.of(context.channel()).failed(HandshakeFailure.CLOSED);
        super.channelInactive(context);
    }
}
