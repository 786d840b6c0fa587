package org.pinhole.turn.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.function.Function;

/** Which of Netty's transports is in use, as the few things that depend on it. */
public record Io(
        String name,
        EventLoopGroup loops,
        Class<? extends ServerSocketChannel> serverSocket,
        Function<SocketProtocolFamily, DatagramChannel> datagram,
        boolean canSharePorts) {

    /** Native epoll if it runs here, else NIO. */
    public static Io best(int eventLoops) {
        return Epoll.isAvailable() ? epoll(eventLoops) : nio(eventLoops);
    }

    static Io epoll(int eventLoops) {
        return new Io(
                "epoll",
                new MultiThreadIoEventLoopGroup(eventLoops, threads(), EpollIoHandler.newFactory()),
                EpollServerSocketChannel.class,
                EpollDatagramChannel::new,
                true);
    }

    /** The fallback; its UDP listeners live on one event loop, since ports are not shared there. */
    public static Io nio(int eventLoops) {
        return new Io(
                "NIO",
                new MultiThreadIoEventLoopGroup(eventLoops, threads(), NioIoHandler.newFactory()),
                NioServerSocketChannel.class,
                NioDatagramChannel::new,
                false);
    }

    private static DefaultThreadFactory threads() {
        return new DefaultThreadFactory("turn");
    }
}
