package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** The way of every accepted connection, station after station: TLS, frames, flow. */
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
        channel.pipeline()
                .addLast("tls", tls(channel))
                .addLast("frames", new SipFrameDecoder(connector.counters()))
                .addLast("flow", new ConnectionHandler(channel, connector));
    }

    private SslHandler tls(Channel channel) {
        SslHandler tls = connector.settings().tls().newHandler(channel.alloc());
        tls.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return tls;
    }
}
