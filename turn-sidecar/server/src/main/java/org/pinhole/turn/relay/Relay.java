package org.pinhole.turn.relay;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** One relayed transport address for UDP and the socket behind it; used on one event loop only. */
public interface Relay {

    /** The relayed transport address as clients and peers see it. */
    InetSocketAddress address();

    /**
     * Sends one datagram to a peer and takes ownership of the buffer. What the kernel does not take is lost, as UDP is; why,
     * is told to {@link PeerTraffic#undeliverable} if the reason lies in the peer; and so is what ICMP says of it later.
     *
     * @param dontFragment whether no router may fragment it
     */
    void send(InetSocketAddress peer, ByteBuf data, boolean dontFragment);

    /** Closes the socket and gives its port back. */
    void close();
}
