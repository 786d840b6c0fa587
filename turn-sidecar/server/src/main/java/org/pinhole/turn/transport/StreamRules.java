package org.pinhole.turn.transport;

import java.util.List;
import org.pinhole.turn.relay.Cidr;

/**
 * What all TCP and TLS connections share.
 *
 * @param proxies the sources whose connections begin with a PROXY header
 */
public record StreamRules(StreamLimits limits, ConnectionLimits connections, List<Cidr> proxies, StreamCounts counts) {}
