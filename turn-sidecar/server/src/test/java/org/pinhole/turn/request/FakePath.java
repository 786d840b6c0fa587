package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.stun.StunMessage;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.relay.StreamEnd;

/** A client without a socket: keeps what it is sent. */
final class FakePath implements ClientPath {
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 3478);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final UnpooledByteBufAllocator counted = new UnpooledByteBufAllocator(true, true);
    private final FiveTuple fiveTuple;
    final EmbeddedChannel data = new EmbeddedChannel();
    ByteBufAllocator buffers = counted;
    boolean open = true;
    boolean writable = true;
    final List<StunMessage> answers = new ArrayList<>();
    final List<Integer> answerBytes = new ArrayList<>();
    final List<ByteBuf> relayed = new ArrayList<>();

    FakePath(TransportProtocol transport, int port) {
        this.fiveTuple = new FiveTuple(transport, new InetSocketAddress("198.51.100.7", port), SERVER);
    }

    static FakePath tcp(int port) {
        return new FakePath(TransportProtocol.TCP, port);
    }

    static FakePath udp() {
        return new FakePath(TransportProtocol.UDP, 40000);
    }

    StunMessage lastAnswer() {
        return answers.get(answers.size() - 1);
    }

    /** Runs what other threads posted to the client's event loop. */
    void runPosted() {
        channel.runPendingTasks();
    }

    /** Of what was made to be sent here, the bytes that nobody has released. */
    long heldBytes() {
        return counted.metric().usedDirectMemory() + counted.metric().usedHeapMemory();
    }

    @Override
    public FiveTuple fiveTuple() {
        return fiveTuple;
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public ByteBufAllocator alloc() {
        return buffers;
    }

    @Override
    public void answer(ByteBuf message) {
        answerBytes.add(message.readableBytes());
        answers.add(StunMessage.decode(message));
        message.release();
    }

    /** What becomes of the connection after a ConnectionBind; {@link #data} is its far side. */
    @Override
    public StreamEnd becomeDataConnection() {
        return StreamEnd.attach(data);
    }

    @Override
    public void relay(ByteBuf message) {
        relayed.add(message);
    }
}
