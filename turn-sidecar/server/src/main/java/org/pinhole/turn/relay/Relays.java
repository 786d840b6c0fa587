package org.pinhole.turn.relay;

import io.netty.channel.EventLoop;
import java.net.StandardProtocolFamily;

/** Where relays come from. */
public interface Relays {

    /** Whether there is an address of the family to relay from. */
    boolean supports(StandardProtocolFamily family);

    /**
     * Opens a relay that lives on {@code loop}; to be called on it.
     *
     * @throws org.pinhole.stun.StunException 508 when no port is left
     */
    Relay open(EventLoop loop, StandardProtocolFamily family, boolean evenPort, PeerTraffic peers);
}
