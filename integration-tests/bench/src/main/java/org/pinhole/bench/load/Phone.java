package org.pinhole.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One TLS connection of a simulated phone: registers, pings, and tells how long the answers took. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails shows as closed()
public final class Phone extends ByteToMessageDecoder {
    private static final ByteBuf PING = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII).asReadOnly());

    private static final int CHALLENGE = 401;

    private final int number;
    private final PhoneEvents events;
    private final RegisterText text;
    private final long[] sentAt;
    private final long madeAt = System.nanoTime();
    private int sequence;
    private long pingSentAt;
    private @Nullable Channel channel;
    private @Nullable Throwable fault;
    private boolean open;
    private boolean wasOpen;
    private boolean resumed;
    private boolean ended;

    /**
     * A phone that has not connected yet.
     *
     * @param outstanding the most requests that it has under way, each under a Call-ID of its own
     */
    Phone(int number, int outstanding, PhoneEvents events) {
        this.number = number;
        this.events = events;
        this.text = new RegisterText(number, outstanding);
        this.sentAt = new long[outstanding];
    }

    /** Which phone it is. */
    public int number() {
        return number;
    }

    /** Whether TLS stands. */
    public boolean isOpen() {
        return open;
    }

    /** Whether TLS stands or has stood. */
    public boolean wasOpen() {
        return wasOpen;
    }

    /** How long ago it began to connect. */
    public long ageNanos() {
        return System.nanoTime() - madeAt;
    }

    /** Whether the handshake resumed an earlier session. */
    public boolean resumed() {
        return resumed;
    }

    /** The event loop's channel; null before it is connected. */
    public @Nullable Channel channel() {
        return channel;
    }

    /** Sends the next REGISTER of one of its Call-IDs. */
    public void register(int slot) {
        register(slot, "");
    }

    /** The same with further header fields, each with its line end. */
    public void register(int slot, String headers) {
        Channel out = channel;
        if (out != null) {
            sentAt[slot] = System.nanoTime();
            out.writeAndFlush(text.next(out.alloc(), slot, ++sequence, headers), out.voidPromise());
        }
    }

    /** Sends a ping; false when the one before is still without its pong. */
    public boolean ping() {
        Channel out = channel;
        if (out == null || pingSentAt != 0) {
            return false;
        }
        pingSentAt = System.nanoTime();
        out.writeAndFlush(PING.duplicate(), out.voidPromise());
        return true;
    }

    /** How long the present ping waits for its pong, in nanoseconds; 0 when none does. */
    public long pingWaitNanos() {
        return pingSentAt == 0 ? 0 : System.nanoTime() - pingSentAt;
    }

    /** Runs something on the phone's event loop after a while, if it is still open then. */
    public void later(long nanos, Runnable what) {
        Channel out = channel;
        if (out != null) {
            out.eventLoop()
                    .schedule(
                            () -> {
                                if (open) {
                                    what.run();
                                }
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Closes in order. */
    public void close() {
        Channel out = channel;
        if (out != null) {
            out.close();
        }
    }

    /** Closes with a reset, as when the network in between has gone. */
    public void abort() {
        Channel out = channel;
        if (out != null) {
            out.eventLoop().execute(() -> {
                out.config().setOption(ChannelOption.SO_LINGER, 0);
                out.unsafe().close(out.voidPromise()); // past TLS, which would say good-bye
            });
        }
    }

    /** The connection could not be made. */
    void failed(Throwable why) {
        fault = why;
        end();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                open = true;
                wasOpen = true;
                SslHandler tls = context.pipeline().get(SslHandler.class);
                resumed = tls.engine() instanceof ReferenceCountedOpenSslEngine openssl
                        && SSL.isSessionReused(openssl.sslPointer());
                events.opened(this);
            } else {
                fault = handshake.cause();
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        long now = System.nanoTime();
        while (in.readableBytes() >= 2) {
            if (in.getByte(in.readerIndex()) == '\r') {
                in.skipBytes(2);
                pong(now);
            } else {
                ResponseHead head = ResponseHead.find(in);
                if (head == null) {
                    return;
                }
                int slot = Math.max(0, Math.min(head.slot(), sentAt.length - 1));
                if (head.status() == CHALLENGE) {
                    String whole = in.toString(in.readerIndex(), head.length(), StandardCharsets.US_ASCII);
                    in.skipBytes(head.length());
                    events.challenged(this, slot, whole, now - sentAt[slot]);
                } else {
                    in.skipBytes(head.length());
                    events.response(this, slot, head.status(), now - sentAt[slot]);
                }
            }
        }
    }

    private void pong(long now) {
        long sent = pingSentAt;
        pingSentAt = 0;
        if (sent != 0) {
            events.pong(this, now - sent);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fault = cause;
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        end();
    }

    private void end() {
        open = false;
        if (!ended) {
            ended = true;
            events.closed(this, fault);
        }
    }
}
