package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What came on connections before a pair was selected here. The controlling end sends as soon as its nomination is
 * answered, which may be before our own check of that pair is (RFC 8445 §12.2); over TCP nobody sends it again. One thread.
 */
final class EarlyFrames {
    /** Of all connections together. */
    static final int MOST_BYTES = 64 * 1024;
    /** What an empty one costs too. */
    private static final int PER_FRAME = 64;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(Base base, InetSocketAddress from, byte[] octets) {}

    private final List<Frame> frames = new ArrayList<>();
    private int bytes;

    /** Keeps a frame, which is not copied; false when that would be too much. */
    boolean keep(Base base, InetSocketAddress from, byte[] frame) {
        bytes += frame.length + PER_FRAME;
        if (bytes > MOST_BYTES) {
            return false;
        }
        frames.add(new Frame(base, from, frame));
        return true;
    }

    /** What came on that connection, in order; everything is forgotten. */
    List<byte[]> take(Base base, InetSocketAddress from) {
        List<byte[]> taken = frames.stream()
                .filter(one -> one.base() == base && one.from().equals(from))
                .map(Frame::octets)
                .toList();
        frames.clear();
        bytes = 0;
        return taken;
    }
}
