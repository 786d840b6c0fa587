package org.pinhole.turn.relay;

import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Netty takes a datagram without data for nothing to send; RFC 8656 §12.6 wants it sent. */
final class EmptyDatagram {
    private static final Logger LOG = LoggerFactory.getLogger(EmptyDatagram.class);

    private EmptyDatagram() {}

    /** Sends on the native socket itself. With NIO there is no way past Netty, and empty datagrams are lost there. */
    static void send(DatagramChannel channel, InetSocketAddress peer) {
        if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            try {
                socket.sendTo(ByteBuffer.allocateDirect(1), 0, 0, peer.getAddress(), peer.getPort());
            } catch (IOException e) {
                LOG.debug("relay {}: {}", channel.localAddress(), e.toString());
            }
        }
    }
}
