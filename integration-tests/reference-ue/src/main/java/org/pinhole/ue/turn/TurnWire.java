package org.pinhole.ue.turn;

import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;

/** Whole frames, STUN or ChannelData, to one server and back. A frame is one write, which the JDK's sockets never interleave. */
interface TurnWire extends AutoCloseable {
    /** Where frames go that came in; called by the wire's own reader. */
    interface Listener {
        void frame(byte[] frame);

        /** Nothing more will come, and why. */
        void ended(String reason);
    }

    /** Begins to read. */
    void start(Listener listener) throws IOException;

    void send(byte[] frame) throws IOException;

    /** Whether what is sent arrives or the wire ends (RFC 8489 §6.2.2). */
    boolean reliable();

    default @Nullable ConnectReply connectReply() {
        return null;
    }

    default @Nullable TlsFacts tls() {
        return null;
    }

    /** This machine's end of a connection; null for datagrams. */
    default @Nullable InetAddress localAddress() {
        return null;
    }

    @Override
    void close() throws IOException;
}
