package org.pinhole.turn.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Icmp;

/** A relay with its own UDP socket. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write tells the peer's error, any other the pipeline
final class UdpRelay implements Relay {
    /** A burst of video in either direction; the kernel doubles it. */
    static final int SOCKET_BUFFER_BYTES = 256 * 1024;

    static final int MAX_DATAGRAM_BYTES = 65535;

    private final DatagramChannel socket;
    private final PortLease lease;
    private final PeerTraffic peers;
    private final Fragments fragments;
    private final @Nullable ErrorQueue errors;
    private final Runnable flush = this::flush;
    private boolean flushPending;

    /** For a socket that has been bound to the lease's port. */
    UdpRelay(DatagramChannel socket, PortLease lease, PeerTraffic peers) {
        this.socket = socket;
        this.lease = lease;
        this.peers = peers;
        this.fragments = new Fragments(socket);
        this.errors = ErrorQueue.of(socket);
        socket.pipeline().addLast(new PeerReader(peers, this::tellErrors));
    }

    @Override
    public InetSocketAddress address() {
        return lease.address().advertised(lease.port());
    }

    /** Writes now and flushes once the loop has read what there is, so that a burst leaves in one system call. */
    @Override
    public void send(InetSocketAddress peer, ByteBuf data, boolean dontFragment) {
        if (!data.isReadable()) {
            EmptyDatagram.send(socket, peer);
            data.release();
            return;
        }
        if (!socket.isWritable()) { // the network is slower than the client: what waits here stays bounded
            data.release();
            return;
        }
        fragments.forbid(dontFragment);
        socket.write(new DatagramPacket(data, peer), new PeerWrite(socket, cause -> failed(peer, cause)));
        if (!flushPending) {
            flushPending = true;
            socket.eventLoop().execute(flush);
        }
    }

    /** Either an ICMP error was waiting, of whichever peer, or the kernel refuses to send to this one. */
    private void failed(InetSocketAddress peer, Throwable cause) {
        if (tellErrors()) {
            return;
        }
        Icmp reason = SocketErrors.icmp(peer.getAddress(), cause);
        if (reason != null) {
            peers.undeliverable(peer, reason);
        }
    }

    /** Tells what ICMP said of earlier datagrams; whether it said anything. */
    private boolean tellErrors() {
        return errors != null && errors.drain(error -> peers.undeliverable(error.peer(), error.icmp()));
    }

    private void flush() {
        flushPending = false;
        socket.flush();
    }

    /** The port is free again only when the socket is closed. */
    @Override
    public void close() {
        socket.close().addListener(closed -> lease.release());
    }
}
