/**
 * The far end of the path: relay sockets towards peers, the ports they come from, and which peers may be reached at all.
 * Sees nothing of the other packages; what peers send goes to {@link org.pinhole.turn.relay.PeerTraffic}.
 */
package org.pinhole.turn.relay;
