package org.pinhole.turn.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.StandardSocketOptions;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Function;
import org.pinhole.turn.relay.TcpSockets;

/** Which of Netty's transports is in use, as the few things that depend on it. */
public record Io(
        String name,
        EventLoopGroup loops,
        Function<SocketProtocolFamily, ServerSocketChannel> serverSocket,
        Function<SocketProtocolFamily, DatagramChannel> datagram,
        TcpSockets tcp,
        boolean canSharePorts) {
    /** Netty's own option is for listeners only; these are {@code SOL_SOCKET, SO_REUSEPORT} of Linux. */
    private static final ChannelOption<Integer> SO_REUSEPORT = new IntegerUnixChannelOption("SO_REUSEPORT", 1, 15);

    private static final long NOT_SENT_BYTES = 64 * 1024;
    private static final int UNACKNOWLEDGED_MILLIS = 30_000;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int PROBE_SECONDS = 10;
    private static final int PROBES = 3;

    /** Native epoll if it runs here, else NIO. */
    public static Io best(int eventLoops) {
        return Epoll.isAvailable() ? epoll(eventLoops) : nio(eventLoops);
    }

    static Io epoll(int eventLoops) {
        return new Io(
                "epoll",
                new MultiThreadIoEventLoopGroup(eventLoops, threads(), EpollIoHandler.newFactory()),
                EpollServerSocketChannel::new,
                EpollDatagramChannel::new,
                new TcpSockets(
                        EpollServerSocketChannel::new,
                        EpollSocketChannel::new,
                        channel -> channel.config().setOption(SO_REUSEPORT, 1)),
                true);
    }

    /** The fallback; its UDP listeners live on one event loop, since ports are not shared there. */
    public static Io nio(int eventLoops) {
        return new Io(
                "NIO",
                new MultiThreadIoEventLoopGroup(eventLoops, threads(), NioIoHandler.newFactory()),
                family -> new NioServerSocketChannel(SelectorProvider.provider(), family),
                NioDatagramChannel::new,
                new TcpSockets(
                        NioServerSocketChannel::new,
                        NioSocketChannel::new,
                        channel -> channel.config()
                                .setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)),
                false);
    }

    /**
     * What only the kernel's own options do for a stream: little waits where we cannot drop it any more, and a client that
     * vanished without a word is noticed, by what it does not acknowledge or else by keep-alive probes.
     */
    void tune(ServerBootstrap bootstrap) {
        bootstrap.childOption(ChannelOption.SO_KEEPALIVE, true);
        if (canSharePorts) { // epoll, whose options these are
            bootstrap
                    .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_BYTES)
                    .childOption(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS)
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, PROBE_SECONDS)
                    .childOption(EpollChannelOption.TCP_KEEPCNT, PROBES);
        }
    }

    private static DefaultThreadFactory threads() {
        return new DefaultThreadFactory("turn");
    }
}
