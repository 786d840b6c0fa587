package org.pinhole.turn.allocation;

import org.jspecify.annotations.Nullable;

/**
 * What was relayed: user data in bytes, without headers. An allocation's counts add up in its event loop's, live; both are
 * written on that loop only, so whoever else wants to read them posts to it.
 */
public final class Traffic {
    private final @Nullable Traffic total;
    private long toPeerPackets;
    private long toPeerBytes;
    private long toClientPackets;
    private long toClientBytes;
    private long droppedPackets;

    Traffic(@Nullable Traffic total) {
        this.total = total;
    }

    /** One datagram, or one piece of a stream, went to a peer. */
    void toPeer(int bytes) {
        toPeerPackets++;
        toPeerBytes += bytes;
        if (total != null) {
            total.toPeer(bytes);
        }
    }

    /** One datagram, or one piece of a stream, went to the client. */
    void toClient(int bytes) {
        toClientPackets++;
        toClientBytes += bytes;
        if (total != null) {
            total.toClient(bytes);
        }
    }

    /** One datagram was lost here: not permitted, over a quota or, towards the client, slower than it came. */
    void dropped() {
        droppedPackets++;
        if (total != null) {
            total.dropped();
        }
    }

    public long toPeerPackets() {
        return toPeerPackets;
    }

    public long toPeerBytes() {
        return toPeerBytes;
    }

    public long toClientPackets() {
        return toClientPackets;
    }

    public long toClientBytes() {
        return toClientBytes;
    }

    public long droppedPackets() {
        return droppedPackets;
    }

    @Override
    public String toString() {
        return "to peers %d packets, %d bytes; to the client %d packets, %d bytes; dropped %d"
                .formatted(toPeerPackets, toPeerBytes, toClientPackets, toClientBytes, droppedPackets);
    }
}
