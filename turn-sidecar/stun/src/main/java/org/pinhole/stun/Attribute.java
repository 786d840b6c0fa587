package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** One attribute of a message: a value that knows its type and how its bytes are written (RFC 8489 §14). */
public interface Attribute {

    /** The attribute type, sixteen bits. */
    int type();

    /** Appends the value alone, without type, length or padding. The id is the message's, for XOR addresses. */
    void writeValue(ByteBuf out, TransactionId id);
}
