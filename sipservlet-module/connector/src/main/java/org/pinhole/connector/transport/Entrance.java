package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Full;
import org.pinhole.connector.limit.Occupancy;
import org.pinhole.connector.limit.Place;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

/** Lets connections in as long as there is room, and knows which place each of them has. Any thread. */
final class Entrance {
    private static final AttributeKey<Place> PLACE = AttributeKey.valueOf(Entrance.class, "place");

    private final Occupancy occupancy;
    private final ConnectorCounters counters;
    private final Complaints complaints;

    Entrance(ConnectionLimits limits, ConnectorCounters counters, Complaints complaints) {
        this.occupancy = new Occupancy(limits);
        this.counters = counters;
        this.complaints = complaints;
    }

    /** Whether a connection that was accepted may come in. On the listening channel's event loop. */
    boolean admitsAccepted(Channel connection) {
        counters.accepted();
        InetSocketAddress peer = (InetSocketAddress) connection.remoteAddress();
        return peer != null && admits(connection, peer); // null when it is gone already
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
        connection.closeFuture().addListener(closed -> place.leave());
        return true;
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
