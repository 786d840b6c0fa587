package org.pinhole.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Connections that are no phones: they send something once, and wait for what the server makes of it. */
public final class Nuisance implements AutoCloseable {
    private static final int NUMBERS_FROM = 10_000; // other sources than the phones'

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("nuisance", true), EpollIoHandler.newFactory());
    private final AtomicInteger numbers = new AtomicInteger(NUMBERS_FROM);
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder closed = new LongAdder();
    private volatile boolean stopped;

    /** Connects, sends these bytes and waits; afterwards, when the server has closed, runs {@code ended}. */
    public void connect(InetSocketAddress server, byte[] bytes, Runnable ended) {
        if (stopped) {
            return;
        }
        new Bootstrap()
                .group(loops)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    @SuppressWarnings("FutureReturnValueIgnored") // what fails shows as a closed connection
                    public void channelActive(ChannelHandlerContext context) {
                        open.incrementAndGet();
                        context.writeAndFlush(context.alloc().buffer().writeBytes(bytes));
                    }

                    @Override
                    protected void channelRead0(ChannelHandlerContext context, ByteBuf answer) {}

                    @Override
                    public void channelInactive(ChannelHandlerContext context) {
                        open.decrementAndGet();
                        closed.increment();
                        ended.run();
                    }

                    @Override
                    @SuppressWarnings("FutureReturnValueIgnored") // nothing follows
                    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        context.close();
                    }
                })
                .connect(server, SourceAddresses.of(numbers.getAndIncrement()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        closed.increment();
                        ended.run();
                    }
                });
    }

    /** Runs something on its thread, again and again. */
    public void every(long micros, Runnable what) {
        Objects.requireNonNull(loops.next().scheduleAtFixedRate(what, micros, micros, TimeUnit.MICROSECONDS));
    }

    /** Runs something on its thread a little later, unless it has been stopped. */
    public void later(Runnable what) {
        if (!stopped) {
            Objects.requireNonNull(loops.next().schedule(what, 100, TimeUnit.MILLISECONDS));
        }
    }

    /** Makes nothing new any more. */
    public void stop() {
        stopped = true;
    }

    /** How many wait at present. */
    public int open() {
        return open.get();
    }

    /** How many the server has closed. */
    public long closed() {
        return closed.sum();
    }

    /** Closes all. */
    @Override
    public void close() {
        stop();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }
}
