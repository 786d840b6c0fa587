package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/**
 * The four bytes in front of data on a channel (RFC 8656 §12.4); all static, since this is every packet of a call.
 *
 * <pre>
 * channel number (2) | length (2) | application data (length) | padding to 4, on TCP and TLS only
 * </pre>
 */
public final class ChannelData {
    public static final int HEADER_BYTES = 4;
    public static final int MIN_CHANNEL = 0x4000;
    public static final int MAX_CHANNEL = 0x4FFF;
    /** What RFC 5766 let clients choose, and some still do. */
    public static final int MAX_RFC5766_CHANNEL = 0x7FFF;

    private ChannelData() {}

    /**
     * Whether a message that starts with this byte is ChannelData (RFC 8656 §12.4). The reserved channels up to 0x7FFF
     * count: a message on one of them is discarded for want of a binding (§12.6), and a stream goes on behind it.
     */
    public static boolean startsWith(int firstByte) {
        return (firstByte & 0xC0) == 0x40;
    }

    /** The channel number of a frame of at least four bytes. */
    public static int channel(ByteBuf frame) {
        return frame.getUnsignedShort(frame.readerIndex());
    }

    /**
     * The data of a frame as a view that shares the frame's reference count. A frame shorter than its length says is a
     * {@link StunException}; a longer one has its rest ignored (§12.6).
     */
    public static ByteBuf data(ByteBuf frame) {
        if (frame.readableBytes() < HEADER_BYTES) {
            throw StunException.badRequest("ChannelData without a whole header");
        }
        int length = frame.getUnsignedShort(frame.readerIndex() + 2);
        if (length > frame.readableBytes() - HEADER_BYTES) {
            throw StunException.badRequest("ChannelData is shorter than its length says");
        }
        return frame.slice(frame.readerIndex() + HEADER_BYTES, length);
    }

    /** Appends the header. */
    public static void writeHeader(ByteBuf out, int channel, int length) {
        out.writeShort(channel).writeShort(length);
    }

    /** How many zero bytes follow data of this length on TCP and TLS (§12.5). */
    public static int padding(int length) {
        return -length & 3;
    }
}
