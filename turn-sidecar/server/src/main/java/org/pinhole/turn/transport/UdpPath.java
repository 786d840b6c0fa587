package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.relay.StreamEnd;

/** The way back to a client that sent a datagram: the listener it arrived on and the address it came from. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class UdpPath implements ClientPath {
    private final Channel listener;
    private final FlushOnce flush;
    private final FiveTuple fiveTuple;

    UdpPath(Channel listener, FlushOnce flush, InetSocketAddress server, InetSocketAddress client) {
        this.listener = listener;
        this.flush = flush;
        this.fiveTuple = new FiveTuple(TransportProtocol.UDP, client, server);
    }

    @Override
    public FiveTuple fiveTuple() {
        return fiveTuple;
    }

    @Override
    public EventLoop loop() {
        return listener.eventLoop();
    }

    @Override
    public ByteBufAllocator alloc() {
        return listener.alloc();
    }

    @Override
    public boolean isOpen() {
        return listener.isOpen();
    }

    @Override
    public boolean isWritable() {
        return listener.isWritable();
    }

    @Override
    public boolean isSame(ClientPath other) {
        return other instanceof UdpPath && fiveTuple.equals(other.fiveTuple());
    }

    @Override
    public StreamEnd becomeDataConnection() {
        throw new IllegalStateException("a datagram carries no stream");
    }

    @Override
    public void answer(ByteBuf message) {
        relay(message);
    }

    /** What the kernel does not take at once is kept up to the listener's write buffer and dropped beyond it. */
    @Override
    public void relay(ByteBuf message) {
        if (listener.isWritable()) {
            listener.write(new DatagramPacket(message, fiveTuple.client()), listener.voidPromise());
            flush.request();
        } else {
            message.release();
        }
    }
}
