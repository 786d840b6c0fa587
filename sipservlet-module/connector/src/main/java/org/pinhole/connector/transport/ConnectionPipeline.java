package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.tls.ConnectorTls;

/**
 * The way of every connection that {@link AcceptGate} has let in, station after station: PROXY header if it comes through a
 * proxy, write queue, first bytes and TLS if it is encrypted, silence, first ping if it is not, frames, flow.
 */
final class ConnectionPipeline extends ChannelInitializer<Channel> {
    /** The station where the TLS engine is, once it has been chosen. */
    static final String TLS = "tls";

    /** The station that makes handshakes take turns; it goes when this one is done. */
    static final String PACE = "pace";

    /** The station that looks whether it is TLS, and then gives its place to that. */
    static final String FIRST_BYTES = "first-bytes";

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
        int seconds = connector.settings().limits().deadlines().handshakeSeconds();
        long deadline = connector.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        if (connector.settings().address().isProxied()) {
            channel.pipeline()
                    .addLast("proxy", new ProxyHeaderHandler(connector, deadline, () -> addOthers(channel, deadline)));
        } else {
            addOthers(channel, deadline);
        }
        if (connector.doorkeeper().isDraining()) { // accepted just before the port was closed
            Entrance.sendAway(channel);
        }
        Arrival.of(channel).isOnItsLoop();
    }

    /** From where the true source is known. */
    private void addOthers(Channel channel, long deadline) {
        Limits limits = connector.settings().limits();
        ChannelPipeline stations = channel.pipeline();
        Holding holding = Arrival.of(channel).holding();
        stations.addLast(
                "write-queue",
                new WriteQueueWatch(connector.settings().sockets().writeQueueSeconds(), holding));
        InetAddress source = Entrance.sourceOf(channel).getAddress();
        ConnectorTls tls = connector.settings().tls();
        if (tls != null) {
            stations.addLast(
                    PACE,
                    new HandshakePace(
                            connector.handshakeTurns(channel.eventLoop()),
                            Network.source(source).around(),
                            holding,
                            Arrival.of(channel)::awaitsItsTurn));
            stations.addLast(FIRST_BYTES, firstBytes(channel, tls, source, deadline));
        }
        int grace = connector.settings().keepAlive().graceSeconds();
        FlowLife life = new FlowLife(grace, connector.nanoTime());
        stations.addLast(
                "silence",
                new SilenceWatch(connector.clock(), limits.deadlines().idleSeconds(), life));
        if (tls == null && !connector.settings().address().isProxied()) {
            boolean fromProxies = connector.settings().proxies().contains(source);
            stations.addLast("first-ping", new FirstPingHandler(holding, fromProxies));
        }
        stations.addLast("frames", new SipFrameDecoder(limits, holding, connector.counters()));
        stations.addLast("flow", new ConnectionHandler(channel, connector, life));
    }

    /** Gives its place to TLS records once it has seen them; behind stand TLS and who watches over the handshake. */
    private ChannelHandler firstBytes(Channel channel, ConnectorTls tls, InetAddress source, long deadline) {
        Holding holding = Arrival.of(channel).holding();
        return new FirstBytesHandler(source, connector, holding, deadline, millisLeft -> {
            channel.pipeline()
                    .addAfter(
                            FIRST_BYTES,
                            "handshake",
                            new HandshakeHandler(connector, source, System.currentTimeMillis(), millisLeft))
                    .addAfter(FIRST_BYTES, TLS, new ClientHelloHandler(tls, holding));
            return new WholeRecords(
                    holding, connector.settings().limits().deadlines().firstMessageSeconds());
        });
    }
}
