package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Full;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.Occupancy;
import org.pinhole.connector.limit.Place;
import org.pinhole.connector.limit.UnfinishedOctets;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.transport.ConnectorCounters.Closed;
import org.pinhole.connector.transport.ConnectorCounters.HandshakeFailure;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

/** Lets connections in as long as there is room. Any thread. */
final class Entrance {
    private final Occupancy occupancy;
    private final @Nullable ProxySources proxies;
    private final UnfinishedOctets unfinished;
    private final ConnectorCounters counters;
    private final Complaints complaints;

    /**
     * For one connector.
     *
     * @param proxies whose word is taken for where a connection comes from; null where no proxy is expected
     * @param unfinished what the connections of all connectors hold of what has no end yet
     * @param nanoTime a clock that only goes forward
     */
    Entrance(
            ConnectionLimits limits,
            @Nullable ProxySources proxies,
            UnfinishedOctets unfinished,
            ConnectorCounters counters,
            Complaints complaints,
            LongSupplier nanoTime) {
        this.proxies = proxies;
        this.unfinished = unfinished;
        this.occupancy = new Occupancy(limits, nanoTime);
        this.counters = counters;
        this.complaints = complaints;
    }

    /** Whether a connection that was accepted may come in. On the listening channel's event loop. */
    boolean admitsAccepted(Channel connection) {
        Arrival arrival = Arrival.at(connection, counters);
        InetSocketAddress peer = (InetSocketAddress) connection.remoteAddress();
        if (peer == null) {
            arrival.failed(HandshakeFailure.CLOSED);
            return false;
        }
        return proxies == null ? admits(connection, peer) : believes(proxies, arrival, peer.getAddress());
    }

    /** Those that have a place now. */
    int connections() {
        return occupancy.connections();
    }

    /** A proxy needs no room: whoever it speaks for does. */
    private boolean believes(ProxySources listed, Arrival arrival, InetAddress peer) {
        boolean believed = listed.contains(peer);
        if (!believed) {
            arrival.refused(Refused.PROXY_SOURCE);
            complaints.warn(peer, "closed: it is not in pinhole.proxy-protocol.sources");
        }
        return believed;
    }

    /** Whether there is room for a connection from this source; if so, it has a place until it closes. */
    boolean admits(Channel connection, InetSocketAddress source) {
        Arrival arrival = Arrival.of(connection);
        Network from = Network.source(source.getAddress());
        Place place = occupancy.enter(
                from,
                full -> arrival.onItsLoop(
                        connection,
                        () -> makeRoom(connection, reasonOf(full), "pinhole.limits." + full.limit() + " is reached")));
        Full full = place.refusal();
        if (full == null) {
            Holding holding = unfinished.of(
                    from,
                    () -> arrival.onItsLoop(
                            connection,
                            () -> makeRoom(connection, Refused.MEMORY, "too much is held of what has no end yet")));
            arrival.admitted(connection, source, place, holding);
            return true;
        }
        arrival.refused(reasonOf(full));
        complaints.warn(source.getAddress(), "refused: pinhole.limits." + full.limit() + " is reached");
        return false;
    }

    /**
     * It has stood still for the longest time of those of the source that has most, with nobody known on it, and others need what
     * it has; unless it has ended by itself meanwhile. On its event loop.
     */
    private void makeRoom(Channel connection, Refused reason, String words) {
        Arrival arrival = Arrival.of(connection);
        if (arrival.refused(reason)) {
            madeRoom(arrival, words);
            Farewell.alert(connection);
        } else if (arrival.isFlow() && connection.isActive()) {
            madeRoom(arrival, words);
            connection.pipeline().fireUserEventTriggered(new Ending(Closed.CROWDED_OUT, words));
        }
    }

    private void madeRoom(Arrival arrival, String words) {
        complaints.warn(arrival.source().getAddress(), "one of its connections was closed to make room: " + words);
    }

    private static Refused reasonOf(Full full) {
        switch (full) {
            case CONNECTIONS:
                return Refused.TOTAL;
            case SOURCE:
                return Refused.SOURCE;
            case NETWORK:
                return Refused.NETWORK;
            case SOURCE_HANDSHAKES:
                return Refused.SOURCE_HANDSHAKES;
            case NETWORK_HANDSHAKES:
                return Refused.NETWORK_HANDSHAKES;
            default:
                return Refused.HANDSHAKES;
        }
    }

    /** Where a connection that was admitted truly comes from. */
    static InetSocketAddress sourceOf(Channel connection) {
        return Arrival.of(connection).source();
    }

    /** What is no flow yet has no business here once the connector is being drained or closed. Any thread. */
    static void sendAway(Channel connection) {
        Arrival.of(connection).onItsLoop(connection, () -> sendAwayNow(connection));
    }

    /** The same at once, before anything else is decided. On its event loop. */
    static void sendAwayNow(Channel connection) {
        if (Arrival.of(connection).refused(Refused.DRAINING)) {
            Farewell.alert(connection);
        }
    }
}
