package org.pinhole.ue.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One RTP packet (RFC 3550 §5.1); contributing sources and extensions are passed over. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RtpPacket(int payloadType, boolean marker, int sequence, long timestamp, long ssrc, byte[] payload) {
    private static final int HEADER_BYTES = 12;
    private static final int VERSION = 0x80;

    byte[] write() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .put((byte) VERSION)
                .put((byte) (payloadType | (marker ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt((int) timestamp)
                .putInt((int) ssrc)
                .put(payload)
                .array();
    }

    /** Reads one; null for what is none. */
    static @Nullable RtpPacket find(byte[] octets) {
        if (octets.length < HEADER_BYTES || (octets[0] & 0xC0) != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        int start = payloadStart(in);
        int end = octets.length - ((octets[0] & 0x20) == 0 ? 0 : octets[octets.length - 1] & 0xFF);
        if (start > end) {
            return null;
        }
        byte[] payload = new byte[end - start];
        in.position(start);
        in.get(payload);
        return new RtpPacket(
                octets[1] & 0x7F,
                (octets[1] & 0x80) != 0,
                in.getShort(2) & 0xFFFF,
                in.getInt(4) & 0xFFFF_FFFFL,
                in.getInt(8) & 0xFFFF_FFFFL,
                payload);
    }

    /** Behind the contributing sources and the extension; beyond the end where they do not fit. */
    private static int payloadStart(ByteBuffer in) {
        int start = HEADER_BYTES + 4 * (in.get(0) & 0x0F);
        if ((in.get(0) & 0x10) == 0) {
            return start;
        }
        boolean whole = start + 4 <= in.limit();
        return whole ? start + 4 + 4 * (in.getShort(start + 2) & 0xFFFF) : Integer.MAX_VALUE;
    }
}
