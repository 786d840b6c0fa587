package org.pinhole.connector.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.NotSslRecordException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ClientHello in the TLS records with which a connection begins (RFC 8446 §5.1): however many they are and however
 * few octets each of them has. Consumes nothing, since the TLS engine reads the same records after us, and looks at each
 * octet once, however slowly they come.
 */
public final class HelloRecords {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;

    private final int longest;
    /** How much of the records has been looked at; always whole ones. */
    private int looked;
    /** How many octets of the message are in them. */
    private int octets;
    /** The message's type and length, as far as they are there. */
    private int head;

    /** @param longest ClientHello that is read, in octets */
    public HelloRecords(int longest) {
        this.longest = longest;
    }

    /**
     * The ClientHello's body, a copy; null when more is needed.
     *
     * @param in all that has come so far; left as it is
     * @throws NotSslRecordException when it is no ClientHello, or a longer one
     */
    public @Nullable ByteBuf find(ByteBuf in) throws NotSslRecordException {
        while (in.readableBytes() >= looked + RECORD_HEADER) {
            int record = in.readerIndex() + looked;
            int length = in.getUnsignedShort(record + RECORD_HEADER - 2);
            if (in.readableBytes() < looked + RECORD_HEADER + length) {
                return null;
            }
            if (in.getUnsignedByte(record) != HANDSHAKE || length == 0) {
                throw new NotSslRecordException("no ClientHello in the first records");
            }
            look(in, record + RECORD_HEADER, length);
            looked += RECORD_HEADER + length;
            if (octets >= MESSAGE_HEADER && octets - MESSAGE_HEADER >= bodyLength()) {
                return body(in);
            }
        }
        return null;
    }

    private void look(ByteBuf in, int from, int length) {
        for (int i = 0; i < length && octets + i < MESSAGE_HEADER; i++) {
            head = (head << 8) | in.getUnsignedByte(from + i);
        }
        octets += length;
    }

    private int bodyLength() throws NotSslRecordException {
        if (head >>> 24 != CLIENT_HELLO) {
            throw new NotSslRecordException("no ClientHello in the first record");
        }
        int length = head & 0xFFFFFF;
        if (length > longest) {
            throw new NotSslRecordException("a ClientHello of " + length + " octets");
        }
        return length;
    }

    /** What is in the records, without their headers and the message's. */
    private ByteBuf body(ByteBuf in) throws NotSslRecordException {
        byte[] message = new byte[octets];
        int filled = 0;
        for (int record = 0; record < looked; ) {
            int start = in.readerIndex() + record;
            int length = in.getUnsignedShort(start + RECORD_HEADER - 2);
            in.getBytes(start + RECORD_HEADER, message, filled, length);
            filled += length;
            record += RECORD_HEADER + length;
        }
        return Unpooled.wrappedBuffer(message, MESSAGE_HEADER, bodyLength());
    }
}
