package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;

/** The 96 bits that tie an answer to its request (RFC 8489 §5). */
public record TransactionId(int high, long low) {

    /** A fresh one. Clients pass a {@code SecureRandom}: the id also guards against forged answers. */
    public static TransactionId random(RandomGenerator random) {
        return new TransactionId(random.nextInt(), random.nextLong());
    }

    static TransactionId read(ByteBuf in, int index) {
        return new TransactionId(in.getInt(index), in.getLong(index + 4));
    }

    void write(ByteBuf out) {
        out.writeInt(high).writeLong(low);
    }
}
