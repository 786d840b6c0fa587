package org.pinhole.turn.relay;

import io.netty.channel.EventLoop;
import java.net.StandardProtocolFamily;

/** Where relays come from. What opens a relay is called on {@code loop}, and the relay lives there. */
public interface Relays {

    /** Whether there is an address of the family to relay from. */
    boolean supports(StandardProtocolFamily family);

    /** Whether datagrams can be sent that no router may fragment (DONT-FRAGMENT). */
    boolean canForbidFragments();

    /**
     * Opens a relay for UDP.
     *
     * @throws org.pinhole.stun.StunException 508 when no port is left
     */
    Relay open(EventLoop loop, StandardProtocolFamily family, boolean evenPort, PeerTraffic peers);

    /**
     * Opens a relay on an even port and keeps the next one.
     *
     * @throws org.pinhole.stun.StunException 508 when no such pair is left
     */
    RelayPair openPair(EventLoop loop, StandardProtocolFamily family, PeerTraffic peers);

    /**
     * Opens a relay on a port that was kept; the lease is the relay's from now on.
     *
     * @throws org.pinhole.stun.StunException 508 when the port is somebody else's by now
     */
    Relay open(EventLoop loop, PortLease lease, PeerTraffic peers);

    /**
     * Opens a relay for TCP, which listens at once.
     *
     * @throws org.pinhole.stun.StunException 508 when no port is left
     */
    TcpRelay openTcp(EventLoop loop, StandardProtocolFamily family, PeerConnections peers);
}
