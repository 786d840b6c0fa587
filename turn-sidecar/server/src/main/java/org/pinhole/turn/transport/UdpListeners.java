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
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.pinhole.turn.relay.IpLiteral;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP listeners. An answer has to leave from the address that its request came to, or the client and every NAT on the way
 * drop it; of a socket that is bound to no address only the kernel knows that. So 0.0.0.0 and [::] are a socket for each
 * address that the machine has, and for each that it gets later.
 */
final class UdpListeners {
    private static final Logger LOG = LoggerFactory.getLogger(UdpListeners.class);
    private static final int BUFFER_BYTES = 1024 * 1024;
    private static final int MAX_DATAGRAM_BYTES = 65535;
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(1024 * 1024, 4 * 1024 * 1024);
    private static final InetAddress ANY_IPV4 = IpLiteral.parse("0.0.0.0");

    private final Io io;
    private final List<EventLoop> loops;
    private final Routers routers;
    private final LocalAddresses machine;
    private final List<Channel> open = new ArrayList<>();
    /** For each listener on all addresses, those that it has been opened on. */
    private final Map<InetSocketAddress, Set<InetAddress>> everywhere = new HashMap<>();

    /** What could not be bound and has been said. */
    private final Set<InetSocketAddress> refused = new HashSet<>();

    private boolean closed;

    UdpListeners(Io io, List<EventLoop> loops, Routers routers, LocalAddresses machine) {
        this.io = io;
        this.loops = loops;
        this.routers = routers;
        this.machine = machine;
    }

    /** Binds one listener and waits for it; port 0 takes a free one. */
    synchronized InetSocketAddress open(InetSocketAddress wanted) throws IOException {
        if (!wanted.getAddress().isAnyLocalAddress()) {
            return bindToOne(wanted);
        }
        InetSocketAddress all = probe(wanted);
        everywhere.put(all, new HashSet<>());
        if (bindToNew(all) == 0) {
            throw new IOException("this machine has no address to listen on");
        }
        return all;
    }

    /** Listens on the addresses that the machine has got since, where a listener is for all of them. */
    synchronized void follow() {
        if (!closed) {
            everywhere.keySet().forEach(this::bindToNew);
        }
    }

    /** Closes all of them; nothing is opened any more. */
    synchronized void close() {
        closed = true;
        open.forEach(channel -> channel.close().syncUninterruptibly());
        open.clear();
    }

    /**
     * A socket of an address that is gone stays: it hears nothing, and when the address comes back its clients are served on.
     * One address that cannot be bound, such as one whose uniqueness the network has yet to confirm, is said once and tried
     * again.
     */
    private int bindToNew(InetSocketAddress all) {
        Set<InetAddress> served = everywhere.getOrDefault(all, Set.of());
        int bound = 0;
        for (InetAddress address : machine.now()) {
            boolean meant = address instanceof Inet4Address || !all.getAddress().equals(ANY_IPV4);
            if (meant && !served.contains(address) && bind(new InetSocketAddress(address, all.getPort()))) {
                served.add(address);
                bound++;
            }
        }
        return bound;
    }

    private boolean bind(InetSocketAddress one) {
        try {
            InetSocketAddress unused = bindToOne(one);
            return true;
        } catch (IOException e) {
            if (refused.add(one)) {
                LOG.warn("udp {}: not listening there, {}; tries again (said once)", one, e.getMessage());
            }
            return false;
        }
    }

    /**
     * One socket per event loop on one port. The first is bound alone before any is shared, because a port that somebody
     * else shares could otherwise be bound without anybody noticing.
     */
    private InetSocketAddress bindToOne(InetSocketAddress wanted) throws IOException {
        boolean share = io.canSharePorts() && loops.size() > 1;
        InetSocketAddress address = share ? probe(wanted) : wanted;
        for (EventLoop loop : share ? loops : loops.subList(0, 1)) {
            Channel channel = bind(loop, address, share);
            address = (InetSocketAddress) channel.localAddress();
            open.add(channel);
        }
        return address;
    }

    /** Whether nobody has it, and of which port if any will do. */
    private InetSocketAddress probe(InetSocketAddress wanted) throws IOException {
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
