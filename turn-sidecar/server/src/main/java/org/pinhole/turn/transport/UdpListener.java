package org.pinhole.turn.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.request.RequestRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket of a UDP listener. The kernel gives a client's datagrams always to the same one of those that share a port. */
final class UdpListener extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);

    private final RequestRouter router;
    private final InetSocketAddress address;
    private @Nullable FlushOnce flush;

    UdpListener(RequestRouter router, InetSocketAddress address) {
        this.router = router;
        this.address = address;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        if (flush == null) {
            flush = new FlushOnce(context.channel());
        }
        router.received(new UdpPath(context.channel(), flush, address, datagram.sender()), datagram.content());
    }

    /** An ICMP error for an earlier answer, or a failure of ours in one message; the listener goes on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof java.io.IOException) {
            LOG.debug("udp {}: {}", address, cause.toString());
        } else {
            LOG.error("udp {}: a message failed for a reason of our own", address, cause);
        }
    }
}
