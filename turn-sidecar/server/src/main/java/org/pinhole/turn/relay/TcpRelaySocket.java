package org.pinhole.turn.relay;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.pinhole.stun.StunException;

/** A TCP relay with its own listening socket, whose port its connections to peers come from, too. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class TcpRelaySocket implements TcpRelay {
    /** "The timeout value MUST be at least 30 seconds" (RFC 6062 §5.2). */
    static final int CONNECT_MILLIS = 30_000;

    private final ServerSocketChannel listener;
    private final PortLease lease;
    private final TcpSockets sockets;
    private final SocketSupply supply;

    TcpRelaySocket(ServerSocketChannel listener, PortLease lease, TcpSockets sockets, SocketSupply supply) {
        this.listener = listener;
        this.lease = lease;
        this.sockets = sockets;
        this.supply = supply;
    }

    @Override
    public InetSocketAddress address() {
        return lease.address().advertised(lease.port());
    }

    @Override
    public Connecting connect(InetSocketAddress peer) {
        SocketChannel channel = supply.make(sockets.socket(), this::prepare);
        StreamEnd end = StreamEnd.attach(channel);
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        listener.eventLoop().register(channel);
        ChannelFuture connected = channel.connect(peer, lease.address().local(lease.port()));
        connected.addListener(done -> {
            Throwable cause = connected.cause();
            if (cause == null) {
                outcome.complete(null);
            } else {
                channel.close();
                outcome.completeExceptionally(
                        new StunException(447, "connection with %s: %s".formatted(peer, cause.getMessage())));
            }
        });
        return new Connecting(end, outcome);
    }

    private void prepare(SocketChannel channel) {
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        sockets.sharePort().accept(channel);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_RCVBUF, StreamEnd.BUFFER_BYTES);
        channel.config().setConnectTimeoutMillis(CONNECT_MILLIS);
    }

    /** The port is free again only when the socket is closed. */
    @Override
    public void close() {
        listener.close().addListener(closed -> lease.release());
    }
}
