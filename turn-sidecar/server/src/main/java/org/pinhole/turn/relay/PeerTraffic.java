package org.pinhole.turn.relay;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.pinhole.stun.Icmp;

/** Who is told what peers send to a relayed transport address; called on the event loop that the relay lives on. */
public interface PeerTraffic {

    /** One datagram from a peer. The buffer stays the relay's: whoever keeps it or a slice of it retains it. */
    void received(InetSocketAddress peer, ByteBuf data);

    /** A datagram to a peer was not delivered, as an ICMP message would say it. */
    void undeliverable(InetSocketAddress peer, Icmp reason);
}
