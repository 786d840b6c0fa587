package org.pinhole.turn.relay;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.StunException;
import org.pinhole.turn.relay.RelayPorts.Parity;

/** Relays that are UDP sockets of their own, one per relayed transport address. */
final class UdpRelays {
    private final RelayAddresses addresses;
    private final Function<SocketProtocolFamily, DatagramChannel> sockets;
    private final SocketSupply supply;

    UdpRelays(RelayAddresses addresses, Function<SocketProtocolFamily, DatagramChannel> sockets, SocketSupply supply) {
        this.addresses = addresses;
        this.sockets = sockets;
        this.supply = supply;
    }

    Relay open(EventLoop loop, StandardProtocolFamily family, boolean evenPort, PeerTraffic peers) {
        RelayPorts pool = addresses.require(family);
        return RelayAddresses.bindOne(pool, evenPort ? Parity.EVEN : Parity.ANY, lease -> bind(loop, lease, peers));
    }

    RelayPair openPair(EventLoop loop, StandardProtocolFamily family, PeerTraffic peers) {
        RelayPorts pool = addresses.require(family);
        return RelayAddresses.bindOne(pool, Parity.EVEN_WITH_NEXT, lease -> {
            PortLease next = pool.next(lease);
            Relay even = next.releasedUnless(() -> bind(loop, lease, peers));
            return even == null ? null : new RelayPair(even, next);
        });
    }

    Relay open(EventLoop loop, PortLease lease, PeerTraffic peers) {
        Relay relay = lease.releasedUnless(() -> bind(loop, lease, peers));
        if (relay == null) {
            throw new StunException(508, "the reserved port is in use");
        }
        return relay;
    }

    /** On its own event loop a channel registers and binds before the calls return, so nobody has to wait. */
    private @Nullable Relay bind(EventLoop loop, PortLease lease, PeerTraffic peers) {
        InetSocketAddress local = lease.address().local(lease.port());
        boolean ipv6 = RelayAddresses.familyOf(local.getAddress()) == StandardProtocolFamily.INET6;
        SocketProtocolFamily family = ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        DatagramChannel socket = supply.make(() -> sockets.apply(family), UdpRelays::prepare);
        ChannelFuture registered = loop.register(socket);
        ChannelFuture bound = socket.bind(local);
        if (registered.isSuccess() && bound.isSuccess()) {
            return new UdpRelay(socket, lease, peers);
        }
        ChannelFuture unused = socket.close();
        return null;
    }

    private static void prepare(DatagramChannel socket) {
        socket.config().setOption(ChannelOption.SO_RCVBUF, UdpRelay.SOCKET_BUFFER_BYTES);
        socket.config().setOption(ChannelOption.SO_SNDBUF, UdpRelay.SOCKET_BUFFER_BYTES);
        socket.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(UdpRelay.MAX_DATAGRAM_BYTES));
    }
}
