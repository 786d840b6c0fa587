package org.pinhole.stun;

import io.netty.buffer.ByteBuf;

/** Where one message ends and the next begins on TCP and TLS: STUN and padded ChannelData (RFC 8656 §12.5, §3.1). */
public final class StunFraming {
    /** The answer "not enough bytes yet to know". */
    public static final int UNDECIDED = -1;
    /** The largest frame there can be: a STUN header and the largest length that is a multiple of four. */
    public static final int MAX_FRAME_BYTES = StunMessage.HEADER_BYTES + 0xFFFC;

    private StunFraming() {}

    /**
     * The length of the frame that starts at the reader index, padding included, or {@link #UNDECIDED}; consumes
     * nothing. A byte that starts neither kind of frame is a {@link StunException}: the stream cannot be resumed.
     */
    public static int frameLength(ByteBuf in) {
        if (!in.isReadable()) {
            return UNDECIDED;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        if (ChannelData.startsWith(first)) {
            return channelDataLength(in);
        }
        if (first > 0x7F) {
            throw StunException.badRequest("a frame starts with 0x%02X: neither STUN nor ChannelData".formatted(first));
        }
        return stunLength(in);
    }

    private static int channelDataLength(ByteBuf in) {
        if (in.readableBytes() < ChannelData.HEADER_BYTES) {
            return UNDECIDED;
        }
        int length = in.getUnsignedShort(in.readerIndex() + 2);
        return ChannelData.HEADER_BYTES + length + ChannelData.padding(length);
    }

    private static int stunLength(ByteBuf in) {
        if (in.readableBytes() < 8) {
            return UNDECIDED;
        }
        int length = in.getUnsignedShort(in.readerIndex() + 2);
        if ((length & 3) != 0 || in.getInt(in.readerIndex() + 4) != StunMessage.MAGIC_COOKIE) {
            throw StunException.badRequest("a frame starts like STUN but has no magic cookie or an odd length");
        }
        return StunMessage.HEADER_BYTES + length;
    }
}
