package org.pinhole.ue.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compound packet that begins with a sender or a receiver report and names its source (RFC 3550 §6.4, §6.5).
 *
 * @param sent what the sender says of itself, or null for a receiver report
 */
record RtcpReport(long ssrc, @Nullable Sent sent, List<ReportBlock> blocks, String cname) {
    private static final int SENDER = 200;
    private static final int RECEIVER = 201;
    private static final int DESCRIPTION = 202;
    private static final int VERSION = 0x80;
    private static final int HEADER_BYTES = 8;
    private static final int SENT_BYTES = 20;

    /** A sender's own figures: NTP time in 1/2^32 s, the RTP time of the same moment, packets and octets of payload. */
    record Sent(long ntp, long timestamp, long packets, long octets) {}

    RtcpReport {
        blocks = List.copyOf(blocks);
    }

    byte[] write() {
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        int description = HEADER_BYTES + (2 + name.length + 1 + 3) / 4 * 4;
        int report = HEADER_BYTES + (sent == null ? 0 : SENT_BYTES) + blocks.size() * ReportBlock.BYTES;
        ByteBuffer out = ByteBuffer.allocate(report + description);
        header(out, blocks.size(), sent == null ? RECEIVER : SENDER, report);
        if (sent != null) {
            out.putLong(sent.ntp())
                    .putInt((int) sent.timestamp())
                    .putInt((int) sent.packets())
                    .putInt((int) sent.octets());
        }
        blocks.forEach(block -> block.write(out));
        header(out, 1, DESCRIPTION, description);
        out.put((byte) 1).put((byte) name.length).put(name);
        return out.array();
    }

    private void header(ByteBuffer out, int count, int type, int bytes) {
        out.put((byte) (VERSION | count)).put((byte) type).putShort((short) (bytes / 4 - 1));
        out.putInt((int) ssrc);
    }

    /** Whether it is RTCP, on a port that carries both (RFC 5761 §4). */
    static boolean is(byte[] octets) {
        return octets.length >= HEADER_BYTES && (octets[1] & 0xFF) >= 192 && (octets[1] & 0xFF) <= 223;
    }

    /** The report at the front; null for what is none. */
    static @Nullable RtcpReport find(byte[] octets) {
        if (!is(octets) || (octets[0] & 0xC0) != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        int count = octets[0] & 0x1F;
        int type = octets[1] & 0xFF;
        int needed = HEADER_BYTES + (type == SENDER ? SENT_BYTES : 0) + count * ReportBlock.BYTES;
        if ((type != SENDER && type != RECEIVER) || octets.length < needed) {
            return null;
        }
        long ssrc = in.getInt(4) & 0xFFFF_FFFFL;
        in.position(HEADER_BYTES);
        Sent sent = type == RECEIVER
                ? null
                : new Sent(
                        in.getLong(),
                        in.getInt() & 0xFFFF_FFFFL,
                        in.getInt() & 0xFFFF_FFFFL,
                        in.getInt() & 0xFFFF_FFFFL);
        List<ReportBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(ReportBlock.read(in));
        }
        return new RtcpReport(ssrc, sent, blocks, "");
    }
}
