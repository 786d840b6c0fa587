package org.pinhole.connector.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.transport.ConnectorCounters.Closed;

/** One bound port. Bound first, accepting only once the stack has started its message processor. */
public final class Listener {
    /** As many as the system allows: when all phones come back at once, the one that finds no room waits a second or more. */
    private static final int BACKLOG = 4096;

    private final Connector connector;
    private final Channel server;
    private volatile @Nullable Future<?> expiring;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private Listener(Connector connector, EventLoops loops) throws IOException {
        this.connector = connector;
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(WriteQueue.MAX_BYTES / 2, WriteQueue.MAX_BYTES))
                .handler(new AcceptGate(connector.settings().address(), connector.entrance()::admitsAccepted))
                .childHandler(new ConnectionPipeline(connector, connections))
                .bind(connector.settings().address().bindAddress())
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
        return new Listener(
                new Connector(settings, flows, new Doorkeeper(admission), System::nanoTime, Clock.systemUTC()), loops);
    }

    /** What it was told. */
    public ConnectorSettings settings() {
        return connector.settings();
    }

    /** What it has done so far. */
    public ConnectorCounters counters() {
        return connector.counters();
    }

    void accept(PinholeMessageProcessor stackSide) {
        connector.attach(stackSide);
        server.config().setAutoRead(true);
        expiring = server.eventLoop().scheduleAtFixedRate(connector.expiry()::closeSilent, 1, 1, TimeUnit.SECONDS);
    }

    FlowExpiry expiry() {
        return connector.expiry();
    }

    /** Stops listening and closes every connection. Returns when the port is free. */
    public void close() {
        Future<?> ticking = expiring;
        if (ticking != null) {
            ticking.cancel(false);
        }
        server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        for (Flow flow : connector.flows().flows()) {
            if (flow instanceof SipFlow && ((SipFlow) flow).isOf(connector.settings())) {
                ((SipFlow) flow).ends(Closed.CONNECTOR_CLOSED, "the connector is closing");
            }
        }
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
