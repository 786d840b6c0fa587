package org.pinhole.turn.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.tls.TlsServer;

/** Binds what the operator asked for; either all of it or, after {@link #close}, nothing. */
public final class Listeners {
    private static final int BACKLOG = 1024;
    /** What Netty holds on its way to a client; what waits beyond it waits in the {@link RelayQueue}. */
    private static final WriteBufferWaterMark STREAM_QUEUE = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

    private final Io io;
    private final UdpListeners udp;
    private final Routers routers;
    private final StreamRules rules;
    private final List<Channel> open = new ArrayList<>();
    private final List<Listen> bound = new ArrayList<>();

    public Listeners(
            Io io,
            List<EventLoop> loops,
            Routers routers,
            StreamRules rules,
            LocalAddresses machine,
            InstantSource clock) {
        this.io = io;
        this.udp = new UdpListeners(io, loops, routers, machine, clock);
        this.routers = routers;
        this.rules = rules;
    }

    /** Binds one listener and waits for it; port 0 takes a free one. */
    public void open(Listen listen, @Nullable TlsServer tls) throws IOException {
        InetSocketAddress address = listen.transport() == TransportProtocol.UDP
                ? udp.open(listen.address())
                : stream(listen.address(), tls);
        bound.add(new Listen(listen.transport(), address));
    }

    /** What is bound, with the ports that are really in use. */
    public List<Listen> bound() {
        return List.copyOf(bound);
    }

    /** Where UDP is really listened for, which 0.0.0.0 and [::] do not say. */
    public List<InetSocketAddress> udpAddresses() {
        return udp.addresses();
    }

    /** Takes up the addresses that the machine has got since, and gives up those that are gone. */
    public void follow() {
        udp.follow();
    }

    public void close() {
        udp.close();
        open.forEach(channel -> channel.close().syncUninterruptibly());
        open.clear();
    }

    private InetSocketAddress stream(InetSocketAddress address, @Nullable TlsServer tls) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(io.loops())
                .channelFactory(() -> io.serverSocket().apply(Binding.family(address)))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, STREAM_QUEUE)
                .handler(new AcceptGuard(rules.counts()))
                .childHandler(new StreamInitializer(routers, tls, rules));
        io.tune(bootstrap);
        Channel channel = Binding.await(bootstrap.bind(address));
        open.add(channel);
        return (InetSocketAddress) channel.localAddress();
    }
}
