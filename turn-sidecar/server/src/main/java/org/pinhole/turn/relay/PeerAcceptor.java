package org.pinhole.turn.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each connection of a peer on, unread. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class PeerAcceptor extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PeerAcceptor.class);

    private final PeerConnections peers;

    PeerAcceptor(PeerConnections peers) {
        this.peers = peers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SocketChannel channel = (SocketChannel) message;
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_RCVBUF, StreamEnd.BUFFER_BYTES);
        StreamEnd end = StreamEnd.attach(channel);
        context.channel().eventLoop().register(channel);
        InetSocketAddress peer = channel.remoteAddress();
        if (peer == null) { // gone before we looked
            end.close();
        } else {
            peers.accepted(peer, end);
        }
    }

    /** No descriptor left, or a connection that died in the backlog; the relay goes on, a second later. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("relay {}: {}", context.channel().localAddress(), cause.toString());
        if (cause instanceof IOException) {
            AcceptPause.begin(context.channel());
        }
    }
}
