package org.pinhole.turn.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** A relay with its own UDP socket. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class UdpRelay implements Relay {
    /** A burst of video in either direction; the kernel doubles it. */
    static final int SOCKET_BUFFER_BYTES = 256 * 1024;

    static final int MAX_DATAGRAM_BYTES = 65535;

    private final DatagramChannel socket;
    private final InetSocketAddress address;
    private final Runnable givePortBack;
    private final Runnable flush = this::flush;
    private boolean flushPending;

    UdpRelay(DatagramChannel socket, InetSocketAddress address, Runnable givePortBack) {
        this.socket = socket;
        this.address = address;
        this.givePortBack = givePortBack;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    /** Writes now and flushes once the loop has read what there is, so that a burst leaves in one system call. */
    @Override
    public void send(InetSocketAddress peer, ByteBuf data) {
        if (!data.isReadable()) {
            EmptyDatagram.send(socket, peer);
            data.release();
            return;
        }
        if (!socket.isWritable()) { // the network is slower than the client: what waits here stays bounded
            data.release();
            return;
        }
        socket.write(new DatagramPacket(data, peer), socket.voidPromise());
        if (!flushPending) {
            flushPending = true;
            socket.eventLoop().execute(flush);
        }
    }

    private void flush() {
        flushPending = false;
        socket.flush();
    }

    /** The port is free again only when the socket is closed. */
    @Override
    public void close() {
        socket.close().addListener(closed -> givePortBack.run());
    }
}
