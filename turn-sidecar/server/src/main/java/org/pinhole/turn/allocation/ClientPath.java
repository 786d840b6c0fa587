package org.pinhole.turn.allocation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import org.pinhole.turn.relay.StreamEnd;

/** The way back to one client, owned by the event loop that its messages arrive on; called on that loop only. */
public interface ClientPath {

    FiveTuple fiveTuple();

    EventLoop loop();

    ByteBufAllocator alloc();

    /** Whether messages still go this way: not after the end of the connection, nor once it carries a peer's bytes. */
    boolean isOpen();

    /**
     * Whether it is the same way: a connection is one way only, and by a proxy's word two connections may have one five-tuple.
     * Of datagrams, all that have one five-tuple go one way.
     */
    default boolean isSame(ClientPath other) {
        return this == other;
    }

    /** Whether the client takes what it is sent as fast as it comes. */
    boolean isWritable();

    /** Sends an answer; takes ownership. */
    void answer(ByteBuf message);

    /** Sends a peer's data; takes ownership, and drops it when the client reads slower than its peers send. */
    void relay(ByteBuf message);

    /**
     * Makes the client's connection carry bytes instead of messages (RFC 6062 §5.4), from behind the last answer on; only a
     * stream can. Nobody is told when it closes but the end's owner.
     */
    StreamEnd becomeDataConnection();
}
