package org.pinhole.turn.transport;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.request.RequestRouter;
import org.pinhole.turn.tls.TlsServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stations of a stream, in order: is there room, whose it is, TLS if it is one, frames, the client. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class StreamInitializer extends ChannelInitializer<SocketChannel> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamInitializer.class);
    private static final int MAX_CLIENT_HELLO_BYTES = 16 * 1024;

    private final Routers routers;
    private final @Nullable TlsServer tls;
    private final StreamRules rules;
    private final CapWarning warning = new CapWarning(System::nanoTime);

    StreamInitializer(Routers routers, @Nullable TlsServer tls, StreamRules rules) {
        this.routers = routers;
        this.tls = tls;
        this.rules = rules;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        rules.counts().accept();
        if (!rules.connections().enter()) {
            refuse(channel, Refusal.TOO_MANY);
            return;
        }
        channel.closeFuture().addListener(closed -> rules.connections().leave());
        ReadBuffers buffers = new ReadBuffers();
        channel.config().setRecvByteBufAllocator(buffers);
        InetSocketAddress client = channel.remoteAddress();
        if (client == null) { // gone before we looked
            channel.close();
        } else if (isProxy(client.getAddress())) {
            ProxyHeader.expect(channel, rules, (speaker, at) -> begin(channel, speaker, at, buffers));
        } else {
            begin(channel, client, channel.localAddress(), buffers);
        }
    }

    private boolean isProxy(InetAddress source) {
        return rules.proxies().stream().anyMatch(proxy -> proxy.contains(source));
    }

    private void begin(SocketChannel channel, InetSocketAddress client, InetSocketAddress server, ReadBuffers buffers) {
        if (!rules.connections().enter(client.getAddress())) {
            refuse(channel, Refusal.TOO_MANY_OF_SOURCE);
            return;
        }
        channel.closeFuture().addListener(closed -> rules.connections().leave(client.getAddress()));
        if (tls != null) {
            channel.pipeline().addLast(new Sni(tls, rules.limits().handshake().toMillis()));
        }
        TransportProtocol transport = tls == null ? TransportProtocol.TCP : TransportProtocol.TLS;
        FiveTuple fiveTuple = new FiveTuple(transport, client, server);
        RequestRouter router = routers.of(channel.eventLoop());
        StreamClient path = new StreamClient(router, fiveTuple, channel, rules, buffers);
        channel.pipeline().addLast(path.frames(), path);
    }

    private void refuse(SocketChannel channel, Refusal why) {
        rules.counts().refuse(why);
        if (warning.isDue()) {
            LOG.warn(
                    "{}: {}, the last from {}; see --max-connections and --max-connections-per-source (said once a"
                            + " minute)",
                    channel.localAddress(),
                    why,
                    channel.remoteAddress());
        }
        channel.close();
    }

    /** Reads a whole ClientHello, in however many pieces it comes, and goes on with the context for its name. */
    private static final class Sni extends SniHandler {
        private final long handshakeMillis;

        Sni(TlsServer tls, long handshakeMillis) {
            super(tls::find, MAX_CLIENT_HELLO_BYTES, handshakeMillis);
            this.handshakeMillis = handshakeMillis;
        }

        @Override
        protected SslHandler newSslHandler(SslContext context, io.netty.buffer.ByteBufAllocator allocator) {
            SslHandler handler = context.newHandler(allocator);
            handler.setHandshakeTimeoutMillis(handshakeMillis);
            return handler;
        }
    }
}
