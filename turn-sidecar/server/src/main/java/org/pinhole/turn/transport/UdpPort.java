package org.pinhole.turn.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;

/** The sockets of one address and port, which share it, each on an event loop of its own. */
record UdpPort(InetSocketAddress address, List<Channel> sockets) {

    /** Waits for it; not on an event loop. */
    void close() {
        close(sockets);
    }

    static void close(List<Channel> sockets) {
        sockets.forEach(socket -> socket.close().syncUninterruptibly());
    }
}
