package org.pinhole.turn.relay;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.StandardProtocolFamily;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.relay.RelayPorts.Parity;

/** Relays that are listening TCP sockets of their own (RFC 6062). */
final class TcpRelays {
    private static final int BACKLOG = 64;

    private final RelayAddresses addresses;
    private final TcpSockets sockets;
    private final SocketSupply supply;

    TcpRelays(RelayAddresses addresses, TcpSockets sockets, SocketSupply supply) {
        this.addresses = addresses;
        this.sockets = sockets;
        this.supply = supply;
    }

    TcpRelay open(EventLoop loop, StandardProtocolFamily family, PeerConnections peers) {
        RelayPorts pool = addresses.require(family);
        return RelayAddresses.bindOne(pool, Parity.ANY, lease -> listen(loop, lease, peers));
    }

    private @Nullable TcpRelay listen(EventLoop loop, PortLease lease, PeerConnections peers) {
        ServerSocketChannel listener = supply.make(sockets.listener(), this::prepare);
        listener.pipeline().addLast(new PeerAcceptor(peers));
        ChannelFuture registered = loop.register(listener);
        ChannelFuture bound = listener.bind(lease.address().local(lease.port()));
        if (registered.isSuccess() && bound.isSuccess()) {
            return new TcpRelaySocket(listener, lease, sockets, supply);
        }
        ChannelFuture unused = listener.close();
        return null;
    }

    private void prepare(ServerSocketChannel listener) {
        listener.config().setOption(ChannelOption.SO_REUSEADDR, true);
        sockets.sharePort().accept(listener);
        listener.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
    }
}
