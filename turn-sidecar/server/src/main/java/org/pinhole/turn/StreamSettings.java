package org.pinhole.turn;

import java.util.List;
import org.pinhole.turn.relay.Cidr;
import org.pinhole.turn.transport.StreamLimits;

/** What the operator says about TCP and TLS connections. */
record StreamSettings(StreamLimits limits, int maxConnections, int maxConnectionsPerSource, List<Cidr> proxies) {
    static final StreamSettings DEFAULT = new StreamSettings(StreamLimits.DEFAULT, 10_000, 1_000, List.of());
}
