package org.pinhole.turn.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Binds UDP ports, with one socket per event loop where the transport can share a port, else with one. Not on an event loop. */
final class UdpBinder {
    private static final int BUFFER_BYTES = 1024 * 1024;
    private static final int MAX_DATAGRAM_BYTES = 65535;
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(1024 * 1024, 4 * 1024 * 1024);

    private final Io io;
    private final List<EventLoop> loops;
    private final Routers routers;

    UdpBinder(Io io, List<EventLoop> loops, Routers routers) {
        this.io = io;
        this.loops = loops;
        this.routers = routers;
    }

    /**
     * All of its sockets or none. The first is bound alone before any is shared, because a port that somebody else shares
     * could otherwise be bound without anybody noticing.
     */
    UdpPort bind(InetSocketAddress wanted) throws IOException {
        boolean share = io.canSharePorts() && loops.size() > 1;
        InetSocketAddress address = share ? probe(wanted) : wanted;
        List<Channel> sockets = new ArrayList<>();
        try {
            for (EventLoop loop : share ? loops : loops.subList(0, 1)) {
                Channel socket = bind(loop, address, share);
                address = (InetSocketAddress) socket.localAddress();
                sockets.add(socket);
            }
        } catch (IOException e) {
            UdpPort.close(sockets); // else the next attempt would find the port taken, by us
            throw e;
        }
        return new UdpPort(address, List.copyOf(sockets));
    }

    /** Whether nobody has it, and of which port if any will do. */
    InetSocketAddress probe(InetSocketAddress wanted) throws IOException {
        Channel probe = bind(loops.get(0), wanted, false);
        InetSocketAddress address = (InetSocketAddress) probe.localAddress();
        probe.close().syncUninterruptibly();
        // NIO gives the port back when it selects next, which it does before anything that is to run later
        loops.get(0).schedule(() -> {}, 1, TimeUnit.MILLISECONDS).syncUninterruptibly();
        return address;
    }

    private Channel bind(EventLoop loop, InetSocketAddress address, boolean share) throws IOException {
        SocketProtocolFamily family = Binding.family(address);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> io.datagram().apply(family))
                .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES))
                .handler(new UdpListener(routers.of(loop), address));
        if (share) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        return Binding.await(bootstrap.bind(address));
    }
}
