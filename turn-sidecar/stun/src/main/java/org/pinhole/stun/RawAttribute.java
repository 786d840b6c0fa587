package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** An attribute as it stood in the message, whether we know its type or not. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below, and never changed
public record RawAttribute(int type, byte[] value) implements Attribute {

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        out.writeBytes(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawAttribute raw && raw.type == type && Arrays.equals(raw.value, value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "attribute 0x%04X, %d bytes".formatted(type, value.length);
    }
}
