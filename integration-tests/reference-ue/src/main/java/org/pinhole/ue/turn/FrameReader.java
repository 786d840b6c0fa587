package org.pinhole.ue.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunFraming;

/** Cuts a stream into frames (RFC 8656 §12.5): each as the server wrote it, the padding of ChannelData included. */
final class FrameReader {
    /** Enough to know the length of ChannelData, and twice that to know a STUN message's. */
    private static final int STEP_BYTES = 4;

    private final DataInputStream in;

    private FrameReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** For a stream of nothing but frames. */
    static FrameReader buffered(InputStream in) {
        return new FrameReader(new BufferedInputStream(in));
    }

    /** For a stream that goes on as something else: never reads beyond the frame. */
    static FrameReader unbuffered(InputStream in) {
        return new FrameReader(in);
    }

    /** The next frame, or null at the end of the stream between two frames. */
    byte @Nullable [] next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        byte[] frame = new byte[STEP_BYTES];
        frame[0] = (byte) first;
        in.readFully(frame, 1, STEP_BYTES - 1);
        int length = length(frame);
        if (length == StunFraming.UNDECIDED) {
            frame = Arrays.copyOf(frame, 2 * STEP_BYTES);
            in.readFully(frame, STEP_BYTES, STEP_BYTES);
            length = length(frame);
        }
        int known = frame.length;
        frame = Arrays.copyOf(frame, length);
        in.readFully(frame, known, length - known);
        return frame;
    }

    private static int length(byte[] start) throws IOException {
        ByteBuf view = Unpooled.wrappedBuffer(start);
        try {
            return StunFraming.frameLength(view);
        } catch (StunException e) {
            throw new EOFException("the server does not speak TURN here: " + e.getMessage());
        }
    }
}
