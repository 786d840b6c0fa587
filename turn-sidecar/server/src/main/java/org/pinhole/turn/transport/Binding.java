package org.pinhole.turn.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** What binding a listener takes, whatever it is for. */
final class Binding {
    private Binding() {}

    /** So that 0.0.0.0 is IPv4 alone; [::] is both. */
    static SocketProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    /** Waits for it; not on an event loop. */
    static Channel await(ChannelFuture future) throws IOException {
        future.awaitUninterruptibly();
        Throwable cause = future.cause();
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause != null) {
            throw new IOException(cause);
        }
        return future.channel();
    }
}
