package org.pinhole.connector.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pinhole.connector.limit.UnfinishedOctets;

/**
 * The threads that own the connections of all connectors: native epoll where it loads, NIO elsewhere. Their context class loader is the
 * connector's, so that no undeployed application is held by them.
 */
public final class EventLoops implements AutoCloseable {
    private final EventLoopGroup group;
    private final boolean epoll;
    private final UnfinishedOctets unfinished;
    private final StrangersInvites strangersInvites =
            new StrangersInvites(Runtime.getRuntime().maxMemory() / 16, System::nanoTime);

    /** Starts no thread until there is work. */
    public EventLoops() {
        this(new UnfinishedOctets(PlatformDependent.maxDirectMemory() / 8));
    }

    EventLoops(UnfinishedOctets unfinished) {
        this.unfinished = unfinished;
        this.epoll = Epoll.isAvailable();
        int threads = Runtime.getRuntime().availableProcessors();
        ThreadFactory factory = threadFactory();
        this.group = epoll ? new EpollEventLoopGroup(threads, factory) : new NioEventLoopGroup(threads, factory);
    }

    private static ThreadFactory threadFactory() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "pinhole-io-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(EventLoops.class.getClassLoader());
            return thread;
        };
    }

    /** Runs this again and again on one of the threads; it must not wait for another. */
    public Future<?> every(long millis, Runnable work) {
        return group.next().scheduleAtFixedRate(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Listens with these threads; returns when it does. */
    public Channel listen(ServerBootstrap bootstrap, InetSocketAddress address) throws IOException {
        ChannelFuture bound =
                bootstrap.group(group).channel(serverChannel()).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    /** What the phones of all connectors have begun to send: an eighth of the memory for buffers, which they share. */
    UnfinishedOctets unfinished() {
        return unfinished;
    }

    /** The calls that strangers begin on all connectors: a sixteenth of the heap. */
    StrangersInvites strangersInvites() {
        return strangersInvites;
    }

    boolean isEpoll() {
        return epoll;
    }

    private Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** What moves the bytes, for the log. */
    @Override
    public String toString() {
        return epoll ? "native epoll" : "NIO";
    }

    /** Ends the threads; waits up to five seconds for them. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
