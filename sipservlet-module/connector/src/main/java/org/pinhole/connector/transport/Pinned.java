package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;

/** What a buffer costs: the room of the one that it is a part of, which is not given back before its last part. Pure. */
final class Pinned {
    private Pinned() {}

    /** In octets. */
    static int by(ByteBuf buffer) {
        ByteBuf whole = buffer;
        for (ByteBuf of = whole.unwrap(); of != null; of = whole.unwrap()) {
            whole = of;
        }
        return whole.capacity();
    }
}
