package org.pinhole.turn.transport;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.TransportProtocol;

/** The stations of a stream, in order: TLS if it is one, frames, the client. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class StreamInitializer extends ChannelInitializer<SocketChannel> {
    private static final long HANDSHAKE_SECONDS = 10;

    private final Routers routers;
    private final @Nullable SslContext tls;

    StreamInitializer(Routers routers, @Nullable SslContext tls) {
        this.routers = routers;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
            channel.pipeline().addLast(handler);
        }
        InetSocketAddress client = channel.remoteAddress();
        if (client == null) { // gone before we looked
            channel.close();
            return;
        }
        TransportProtocol transport = tls == null ? TransportProtocol.TCP : TransportProtocol.TLS;
        StreamClient path =
                new StreamClient(routers.of(channel.eventLoop()), transport, client, channel.localAddress(), channel);
        channel.pipeline().addLast(new FrameDecoder(), path);
    }
}
