package org.pinhole.turn.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.tls.TlsServer;

/** Binds what the operator asked for; either all of it or, after {@link #close}, nothing. */
public final class Listeners {
    private static final int UDP_BUFFER_BYTES = 1024 * 1024;
    private static final int MAX_DATAGRAM_BYTES = 65535;
    private static final int BACKLOG = 1024;
    /** What Netty holds on its way to a client; what waits beyond it waits in the {@link RelayQueue}. */
    private static final WriteBufferWaterMark STREAM_QUEUE = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

    private static final WriteBufferWaterMark UDP_QUEUE = new WriteBufferWaterMark(1024 * 1024, 4 * 1024 * 1024);

    private final Io io;
    private final List<EventLoop> loops;
    private final Routers routers;
    private final StreamRules rules;
    private final List<Channel> open = new ArrayList<>();
    private final List<Listen> bound = new ArrayList<>();

    public Listeners(Io io, List<EventLoop> loops, Routers routers, StreamRules rules) {
        this.io = io;
        this.loops = loops;
        this.routers = routers;
        this.rules = rules;
    }

    /** Binds one listener and waits for it; port 0 takes a free one. */
    public void open(Listen listen, @Nullable TlsServer tls) throws IOException {
        InetSocketAddress address =
                listen.transport() == TransportProtocol.UDP ? udp(listen.address()) : stream(listen.address(), tls);
        bound.add(new Listen(listen.transport(), address));
    }

    /** What is bound, with the ports that are really in use. */
    public List<Listen> bound() {
        return List.copyOf(bound);
    }

    public void close() {
        open.forEach(channel -> channel.close().syncUninterruptibly());
        open.clear();
    }

    /**
     * One socket per event loop on one port. The first is bound alone before any is shared, because a port that somebody
     * else shares could otherwise be bound without anybody noticing.
     */
    private InetSocketAddress udp(InetSocketAddress wanted) throws IOException {
        InetSocketAddress address = wanted;
        boolean share = io.canSharePorts() && loops.size() > 1;
        if (share) {
            Channel probe = bindUdp(loops.get(0), wanted, false);
            address = (InetSocketAddress) probe.localAddress();
            probe.close().syncUninterruptibly();
        }
        for (EventLoop loop : share ? loops : loops.subList(0, 1)) {
            Channel channel = bindUdp(loop, address, share);
            address = (InetSocketAddress) channel.localAddress();
            open.add(channel);
        }
        return address;
    }

    private Channel bindUdp(EventLoop loop, InetSocketAddress address, boolean share) throws IOException {
        SocketProtocolFamily family = family(address);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> datagram(family))
                .option(ChannelOption.SO_RCVBUF, UDP_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, UDP_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UDP_QUEUE)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES))
                .handler(new UdpListener(routers.of(loop), address));
        if (share) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        return await(bootstrap.bind(address));
    }

    /** So that 0.0.0.0 is IPv4 alone; [::] is both. */
    private static SocketProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    private DatagramChannel datagram(SocketProtocolFamily family) {
        return io.datagram().apply(family);
    }

    private InetSocketAddress stream(InetSocketAddress address, @Nullable TlsServer tls) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(io.loops())
                .channelFactory(() -> io.serverSocket().apply(family(address)))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, STREAM_QUEUE)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator())
                .handler(new AcceptGuard(rules.counts()))
                .childHandler(new StreamInitializer(routers, tls, rules));
        io.tune(bootstrap);
        Channel channel = await(bootstrap.bind(address));
        open.add(channel);
        return (InetSocketAddress) channel.localAddress();
    }

    private static Channel await(ChannelFuture future) throws IOException {
        future.awaitUninterruptibly();
        Throwable cause = future.cause();
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause != null) {
            throw new IOException(cause);
        }
        return future.channel();
    }
}
