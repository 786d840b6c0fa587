package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final byte[] BINDING = HexFormat.of().parseHex("000100002112a442000102030405060708090a0b");
    private static final byte[] CHANNEL_DATA = HexFormat.of().parseHex("400000056162636465000000");

    /** A stream that hands out one byte at a time, as a network may. */
    private static InputStream dripping(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return new ByteArrayInputStream(all) {
            @Override
            public synchronized int read(byte[] into, int offset, int wanted) {
                return super.read(into, offset, Math.min(1, wanted));
            }
        };
    }

    @Test
    @Tag("T-5")
    void stunAndPaddedChannelDataFollowEachOther() throws IOException {
        FrameReader frames = FrameReader.buffered(dripping(BINDING, CHANNEL_DATA, BINDING));

        assertThat(frames.next()).isEqualTo(BINDING);
        assertThat(frames.next()).isEqualTo(CHANNEL_DATA);
        assertThat(frames.next()).isEqualTo(BINDING);
        assertThat(frames.next()).isNull();
    }

    @Test
    void anEmptyChannelDataIsFourBytes() throws IOException {
        byte[] empty = HexFormat.of().parseHex("40000000");

        assertThat(FrameReader.buffered(dripping(empty, BINDING)).next()).isEqualTo(empty);
    }

    @Test
    void aServerThatSpeaksSomethingElseIsSaid() {
        assertThatThrownBy(() -> FrameReader.buffered(dripping(new byte[] {22, 3, 1, 0, 0, 0, 0, 0}))
                        .next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not speak TURN");
    }

    @Test
    void aStreamThatEndsInsideAFrameIsNoEnd() {
        assertThatThrownBy(() ->
                        FrameReader.buffered(dripping(new byte[] {0, 1, 0})).next())
                .isInstanceOf(EOFException.class);
    }
}
