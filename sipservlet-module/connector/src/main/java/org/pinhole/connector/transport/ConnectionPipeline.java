package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** The way of every accepted connection, station after station: TLS if it is encrypted, frames, flow. */
final class ConnectionPipeline extends ChannelInitializer<Channel> {
    private static final int HANDSHAKE_SECONDS = 10;

    private final Connector connector;
    private final ChannelGroup connections;

    /** @param connections where each connection is put, to be closed with the connector */
    ConnectionPipeline(Connector connector, ChannelGroup connections) {
        this.connector = connector;
        this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.add(channel);
        connector.counters().accepted();
        SslContext tls = connector.settings().tls();
        if (tls != null) {
            channel.pipeline().addLast("tls", handler(tls, channel));
        }
        channel.pipeline()
                .addLast("frames", new SipFrameDecoder(connector.counters()))
                .addLast("flow", new ConnectionHandler(channel, connector));
    }

    private static SslHandler handler(SslContext tls, Channel channel) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }
}
