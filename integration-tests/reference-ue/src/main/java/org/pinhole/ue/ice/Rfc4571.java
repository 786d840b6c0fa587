package org.pinhole.ue.ice;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Framing (RFC 4571 §2): sixteen bits of length before each frame. */
final class Rfc4571 {
    static final int MAX_BYTES = 0xFFFF;

    private Rfc4571() {}

    /** A frame with its length in front. */
    static byte[] framed(byte[] frame) {
        if (frame.length > MAX_BYTES) {
            throw new IllegalArgumentException(frame.length + " bytes are no frame of RFC 4571");
        }
        byte[] octets = new byte[frame.length + 2];
        octets[0] = (byte) (frame.length >> 8);
        octets[1] = (byte) frame.length;
        System.arraycopy(frame, 0, octets, 2, frame.length);
        return octets;
    }

    /** The next frame, or null at the end of the stream between two. Blocks. */
    static byte @Nullable [] read(InputStream in) throws IOException {
        int high = in.read();
        if (high < 0) {
            return null;
        }
        DataInputStream data = new DataInputStream(in);
        byte[] frame = new byte[high << 8 | data.readUnsignedByte()];
        data.readFully(frame);
        return frame;
    }
}
