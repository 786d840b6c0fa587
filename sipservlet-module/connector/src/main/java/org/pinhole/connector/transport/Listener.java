package org.pinhole.connector.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.pinhole.api.Flow;
import org.pinhole.connector.flow.FlowTable;

/** One bound port. Bound first, accepting only once the stack has started its message processor. */
public final class Listener {
    /** What may wait to be written to one phone before it counts as not reading. */
    static final int WRITE_QUEUE_BYTES = 1024 * 1024;

    private static final int HANDSHAKE_SECONDS = 10;

    private final ConnectorSettings settings;
    private final FlowTable flows;
    private final Doorkeeper doorkeeper;
    private final Channel server;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private volatile TlsMessageProcessor processor;

    @SuppressWarnings({"NullAway.Init", "FutureReturnValueIgnored"})
    private Listener(ConnectorSettings settings, FlowTable flows, EventLoops loops, Doorkeeper doorkeeper)
            throws IOException {
        this.settings = settings;
        this.flows = flows;
        this.doorkeeper = doorkeeper;
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(WRITE_QUEUE_BYTES / 2, WRITE_QUEUE_BYTES))
                .childHandler(new Connections())
                .bind(settings.address().bindAddress())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        this.server = bound.channel();
    }

    /**
     * Binds, and accepts nothing yet.
     *
     * @param admission asked for each message: whether an application authenticates the phones
     * @throws IOException when the port is taken or forbidden, with the system's reason
     */
    public static Listener bind(
            ConnectorSettings settings, FlowTable flows, EventLoops loops, Supplier<Admission> admission)
            throws IOException {
        return new Listener(settings, flows, loops, new Doorkeeper(admission));
    }

    /** What it was told. */
    public ConnectorSettings settings() {
        return settings;
    }

    void accept(TlsMessageProcessor stackSide) {
        processor = stackSide;
        server.config().setAutoRead(true);
    }

    /** Stops listening and closes every connection. Returns when the port is free. */
    public void close() {
        server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        for (Flow flow : flows.flows()) {
            if (flow instanceof TlsFlow && ((TlsFlow) flow).isOf(settings)) {
                ((TlsFlow) flow).ends("the connector is closing");
            }
        }
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /** Sets up each accepted connection: TLS, then frames, then the flow. */
    private final class Connections extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            SslHandler tls = settings.tls().newHandler(channel.alloc());
            tls.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
            channel.pipeline()
                    .addLast(tls)
                    .addLast(new SipFrameDecoder())
                    .addLast(new ConnectionHandler(channel, processor, settings, flows, doorkeeper));
        }
    }
}
