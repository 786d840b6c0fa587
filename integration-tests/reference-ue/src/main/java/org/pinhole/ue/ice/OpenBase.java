package org.pinhole.ue.ice;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;

/** A base with a socket behind it. {@link #send} never waits for a peer; it may be called from the stream's thread only. */
interface OpenBase extends Base, Closeable {
    /** Where what arrives goes; called by the base's own readers. */
    interface Arrivals {
        void arrived(Base base, InetSocketAddress from, byte[] frame);

        /** What is sent there from now on is lost. */
        void ended(Base base, InetSocketAddress peer, String reason);
    }

    /** Begins to read; once, but for UDP, whose arrivals go there from now on. */
    void start(Arrivals arrivals);

    /** Peers at these addresses may reach us from now on; blocks where somebody has to be asked. */
    default void prepare(Collection<InetSocketAddress> peers) throws IOException {}

    /** What is closed with it: several bases may share a relay. */
    default Object resource() {
        return this;
    }

    /** Sends one datagram, or one frame. */
    void send(InetSocketAddress to, byte[] frame) throws IOException;

    /** The checks are over and this pair is the one: the cheapest way to it is to be taken from now on. */
    default void selected(InetSocketAddress peer) throws IOException {}
}
