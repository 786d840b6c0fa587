package org.pinhole.ue.rtp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/** A grey picture of 16 by 16 that brightens and darkens, uncompressed, a packet each 40 ms (RFC 4175). */
public final class PictureSource implements RtpSource {
    public static final int PAYLOAD_TYPE = 112;

    /** What describes it in SDP. */
    public static final String RTPMAP = PAYLOAD_TYPE + " raw/90000";

    public static final String FMTP =
            PAYLOAD_TYPE + " sampling=YCbCr-4:2:2; width=16; height=16; depth=8; colorimetry=BT601-5";

    private static final int LINES = 16;
    private static final int LINE_BYTES = 32;
    private static final int LINE_HEADER_BYTES = 6;
    private static final int CONTINUES = 0x8000;
    private static final int FRAMES_A_SECOND = 25;
    private static final byte GREY = (byte) 128;

    @Override
    public int payloadType() {
        return PAYLOAD_TYPE;
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(1000 / FRAMES_A_SECOND);
    }

    @Override
    public int timestampStep() {
        return clockRate() / FRAMES_A_SECOND;
    }

    @Override
    public int clockRate() {
        return 90_000;
    }

    @Override
    public byte[] payload(long number) {
        ByteBuffer out = ByteBuffer.allocate(2 + LINES * (LINE_HEADER_BYTES + LINE_BYTES));
        out.putShort((short) (number >> 16));
        for (int line = 0; line < LINES; line++) {
            boolean last = line == LINES - 1;
            out.putShort((short) LINE_BYTES).putShort((short) line).putShort((short) (last ? 0 : CONTINUES));
        }
        byte[] pixels = new byte[LINES * LINE_BYTES];
        Arrays.fill(pixels, GREY);
        for (int i = 1; i < pixels.length; i += 2) {
            pixels[i] = (byte) (16 + number % 200);
        }
        return out.put(pixels).array();
    }
}
