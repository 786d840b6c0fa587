package org.pinhole.ue.rtp;

import java.nio.ByteBuffer;

/**
 * What a receiver says of one source (RFC 3550 §6.4.1).
 *
 * @param lost packets since the beginning; negative where some came twice
 * @param lastReport the middle of the NTP time of the last sender report, in 1/65536 s, or zero
 * @param delay since that report, in 1/65536 s
 */
record ReportBlock(long ssrc, int fraction, int lost, long highest, long jitter, long lastReport, long delay) {
    static final int BYTES = 24;

    void write(ByteBuffer out) {
        out.putInt((int) ssrc)
                .putInt((fraction << 24) | (lost & 0xFF_FFFF))
                .putInt((int) highest)
                .putInt((int) jitter)
                .putInt((int) lastReport)
                .putInt((int) delay);
    }

    static ReportBlock read(ByteBuffer in) {
        long ssrc = in.getInt() & 0xFFFF_FFFFL;
        int loss = in.getInt();
        return new ReportBlock(
                ssrc,
                loss >>> 24,
                (loss << 8) >> 8,
                in.getInt() & 0xFFFF_FFFFL,
                in.getInt() & 0xFFFF_FFFFL,
                in.getInt() & 0xFFFF_FFFFL,
                in.getInt() & 0xFFFF_FFFFL);
    }
}
