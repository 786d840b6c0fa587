package org.pinhole.turn.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each datagram of a peer on and releases it afterwards. */
final class PeerReader extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(PeerReader.class);

    private final PeerTraffic peers;
    private final Runnable errors;

    /** Calls {@code errors} when the socket says that it has some. */
    PeerReader(PeerTraffic peers, Runnable errors) {
        this.peers = peers;
        this.errors = errors;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        peers.received(datagram.sender(), datagram.content());
    }

    /** An unreachable peer shows up here as an error of the socket; the relay stays, as UDP does. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("relay {}: {}", context.channel().localAddress(), cause.toString());
        errors.run();
    }
}
