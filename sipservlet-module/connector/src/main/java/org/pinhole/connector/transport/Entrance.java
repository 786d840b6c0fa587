package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Full;
import org.pinhole.connector.limit.Occupancy;
import org.pinhole.connector.limit.Place;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

/** Lets connections in as long as there is room, and knows which place each of them has. Any thread. */
final class Entrance {
    private static final AttributeKey<Place> PLACE = AttributeKey.valueOf(Entrance.class, "place");

    private static final AttributeKey<InetSocketAddress> SOURCE = AttributeKey.valueOf(Entrance.class, "source");

    private final Occupancy occupancy;
    private final @Nullable ProxySources proxies;
    private final ConnectorCounters counters;
    private final Complaints complaints;

    /** @param proxies whose word is taken for where a connection comes from; null where no proxy is expected */
    Entrance(
            ConnectionLimits limits,
            @Nullable ProxySources proxies,
            ConnectorCounters counters,
            Complaints complaints) {
        this.proxies = proxies;
        this.occupancy = new Occupancy(limits);
        this.counters = counters;
        this.complaints = complaints;
    }

    /** Whether a connection that was accepted may come in. On the listening channel's event loop. */
    boolean admitsAccepted(Channel connection) {
        counters.accepted();
        InetSocketAddress peer = (InetSocketAddress) connection.remoteAddress();
        if (peer == null) {
            return false; // gone already
        }
        return proxies == null ? admits(connection, peer) : believes(proxies, peer.getAddress());
    }

    /** A proxy needs no room: whoever it speaks for does. */
    private boolean believes(ProxySources listed, InetAddress peer) {
        boolean believed = listed.contains(peer);
        if (!believed) {
            counters.refused(Refused.PROXY_SOURCE);
            complaints.warn(peer, "closed: it is not in pinhole.proxy-protocol.sources");
        }
        return believed;
    }

    /** Whether there is room for a connection from this source; if so, it has a place until it closes. */
    boolean admits(Channel connection, InetSocketAddress source) {
        Place place = occupancy.enter(source.getAddress());
        Full full = place.refusal();
        if (full != null) {
            refuse(source.getAddress(), full);
            return false;
        }
        connection.attr(PLACE).set(place);
        connection.attr(SOURCE).set(source);
        connection.closeFuture().addListener(closed -> place.leave());
        return true;
    }

    /** Where a connection that was admitted truly comes from. */
    static InetSocketAddress sourceOf(Channel connection) {
        InetSocketAddress source = connection.attr(SOURCE).get();
        if (source == null) {
            throw new IllegalStateException("nobody has admitted " + connection);
        }
        return source;
    }

    /** The connection has become a flow. */
    void handshakeOver(Channel connection) {
        Place place = connection.attr(PLACE).get();
        if (place != null) {
            place.handshakeOver();
        }
    }

    private void refuse(InetAddress source, Full full) {
        switch (full) {
            case CONNECTIONS:
                counters.refused(Refused.TOTAL);
                complaints.warn(source, "refused: pinhole.limits.connections is reached");
                return;
            case SOURCE:
                counters.refused(Refused.SOURCE);
                complaints.warn(source, "refused: pinhole.limits.connections-per-source is reached");
                return;
            case NETWORK:
                counters.refused(Refused.NETWORK);
                complaints.warn(source, "refused: pinhole.limits.connections-per-network is reached");
                return;
            default:
                counters.refused(Refused.HANDSHAKES);
                complaints.warn(source, "refused: pinhole.limits.handshakes is reached");
        }
    }
}
