package org.pinhole.connector.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.bridge.EmergencyTargets;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.transport.ConnectorCounters.Closed;

/** One bound port. Bound first, accepting only once the stack has started its message processor. */
public final class Listener implements Drainable {
    /** As many as the system allows: when all phones come back at once, the one that finds no room waits a second or more. */
    private static final int BACKLOG = 4096;

    private final Connector connector;
    private final EventLoops loops;
    private volatile @Nullable Future<?> expiring;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private volatile Channel server;
    /** Guarded by this. */
    private boolean closed;

    private Listener(Connector connector, EventLoops loops) throws IOException {
        this.connector = connector;
        this.loops = loops;
        this.server = loops.listen(bootstrap(), connector.settings().address().bindAddress());
    }

    private ServerBootstrap bootstrap() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new AcceptGate(
                        connector.settings().address(),
                        connector.entrance()::admitsAccepted,
                        connector.settings().tls() == null
                                        || connector.settings().address().isProxied()
                                ? connection -> {}
                                : Farewell::alertUnregistered))
                .childHandler(new ConnectionPipeline(connector, connections));
        connector.settings().sockets().applyTo(bootstrap, loops.isEpoll());
        return bootstrap;
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
        return bind(settings, flows, loops, admission, System::nanoTime);
    }

    /** The same by a clock that only goes forward. */
    static Listener bind(
            ConnectorSettings settings,
            FlowTable flows,
            EventLoops loops,
            Supplier<Admission> admission,
            LongSupplier nanoTime)
            throws IOException {
        return new Listener(
                new Connector(
                        settings,
                        flows,
                        new Doorkeeper(admission, loops.strangersInvites(), EmergencyTargets.of(settings.all())),
                        loops.unfinished(),
                        nanoTime,
                        Clock.systemUTC()),
                loops);
    }

    /** What it was told. */
    public ConnectorSettings settings() {
        return connector.settings();
    }

    /** What it has done so far. */
    public ConnectorCounters counters() {
        return connector.counters();
    }

    /** What the messages take up whose end has not come yet. */
    long unfinishedOctets() {
        return connector.unfinished().all();
    }

    /** Those that have been let in. */
    int connections() {
        return connector.entrance().connections();
    }

    void accept(PinholeMessageProcessor stackSide) {
        connector.attach(stackSide);
        server.config().setAutoRead(true);
        long every = FlowExpiry.LOOKS_MILLIS;
        expiring = server.eventLoop()
                .scheduleAtFixedRate(connector.expiry()::closeSilent, every, every, TimeUnit.MILLISECONDS);
    }

    FlowExpiry expiry() {
        return connector.expiry();
    }

    @Override
    public ConnectorAddress address() {
        return connector.settings().address();
    }

    /**
     * Stops listening, so that whoever comes is sent elsewhere at once and the port is free for a successor. Connections
     * that are no flows yet are closed, too: they would be new flows in a place that is being left. Flows go on, but start
     * nothing new. Returns when the port is closed.
     */
    @Override
    public void drain(Drain drain) {
        connector.doorkeeper().drain(drain);
        server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        connections.forEach(Entrance::sendAway);
    }

    @Override
    public synchronized void resume() throws IOException {
        if (closed) {
            return;
        }
        connector
                .doorkeeper()
                .drain(null); // those who are still here may start something, whatever becomes of the port
        server = loops.listen(bootstrap(), connector.settings().address().bindAddress());
        server.config().setAutoRead(true);
    }

    @Override
    public int openFlows() {
        return (int) connector.counters().openFlows();
    }

    @Override
    public int closeFlows(int count) {
        int closed = 0;
        for (Flow flow : connector.flows().flows()) {
            if (closed >= count) {
                break;
            }
            if (flow instanceof SipFlow && ((SipFlow) flow).isOf(connector.settings()) && flow.open()) {
                ((SipFlow) flow).close(Closed.CONNECTOR_CLOSED, "drained before a restart");
                closed++;
            }
        }
        return closed;
    }

    /** Stops listening and closes every connection. Returns when the port is free. */
    public void close() {
        synchronized (this) {
            closed = true; // from here on nobody opens the port again
        }
        Future<?> ticking = expiring;
        if (ticking != null) {
            ticking.cancel(false);
        }
        server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        for (Flow flow : connector.flows().flows()) {
            if (flow instanceof SipFlow && ((SipFlow) flow).isOf(connector.settings())) {
                ((SipFlow) flow).close(Closed.CONNECTOR_CLOSED, "the connector is closing");
            }
        }
        connections.forEach(Entrance::sendAway);
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
