package org.pinhole.turn.relay;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.pinhole.stun.StunException;

/** Relays that are UDP sockets of their own, one per allocation, on the addresses that the operator gave. */
public final class UdpRelays implements Relays {
    /** Somebody else may hold ports of our range; that many strangers in a row are taken for exhaustion. */
    private static final int MAX_BIND_ATTEMPTS = 64;

    private final Map<StandardProtocolFamily, InetAddress> addresses = new EnumMap<>(StandardProtocolFamily.class);
    private final Map<StandardProtocolFamily, RelayPorts> ports = new EnumMap<>(StandardProtocolFamily.class);
    private final Function<SocketProtocolFamily, DatagramChannel> sockets;

    /** One address per family; {@code sockets} makes an unregistered channel of the transport in use. */
    public UdpRelays(
            List<InetAddress> addresses,
            PortRange range,
            RandomGenerator random,
            Function<SocketProtocolFamily, DatagramChannel> sockets) {
        this.sockets = sockets;
        for (InetAddress address : addresses) {
            this.addresses.put(familyOf(address), address);
            this.ports.put(familyOf(address), new RelayPorts(range, random));
        }
    }

    /** The family of an address. */
    public static StandardProtocolFamily familyOf(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    @Override
    public boolean supports(StandardProtocolFamily family) {
        return addresses.containsKey(family);
    }

    @Override
    public Relay open(EventLoop loop, StandardProtocolFamily family, boolean evenPort, PeerTraffic peers) {
        InetAddress address = addresses.get(family);
        RelayPorts pool = ports.get(family);
        if (address == null || pool == null) {
            throw new StunException(440, "no relay address of family " + family);
        }
        for (int attempt = 0; attempt < MAX_BIND_ATTEMPTS; attempt++) {
            int port = pool.take(evenPort);
            if (port == RelayPorts.NONE) {
                break;
            }
            InetSocketAddress local = new InetSocketAddress(address, port);
            DatagramChannel socket = bind(loop, family, local, peers);
            if (socket != null) {
                return new UdpRelay(socket, local, () -> pool.giveBack(port));
            }
            pool.giveBack(port);
        }
        throw new StunException(508, "no relay port left on " + address.getHostAddress());
    }

    /** On its own event loop a channel registers and binds before the calls return, so nobody has to wait. */
    private @org.jspecify.annotations.Nullable DatagramChannel bind(
            EventLoop loop, StandardProtocolFamily family, InetSocketAddress local, PeerTraffic peers) {
        DatagramChannel socket = sockets.apply(
                family == StandardProtocolFamily.INET6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        socket.config().setOption(ChannelOption.SO_RCVBUF, UdpRelay.SOCKET_BUFFER_BYTES);
        socket.config().setOption(ChannelOption.SO_SNDBUF, UdpRelay.SOCKET_BUFFER_BYTES);
        socket.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(UdpRelay.MAX_DATAGRAM_BYTES));
        socket.pipeline().addLast(new PeerReader(peers));
        ChannelFuture registered = loop.register(socket);
        ChannelFuture bound = socket.bind(local);
        if (registered.isSuccess() && bound.isSuccess()) {
            return socket;
        }
        ChannelFuture unused = socket.close();
        return null;
    }
}
