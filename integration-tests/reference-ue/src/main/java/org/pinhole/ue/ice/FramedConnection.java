package org.pinhole.ue.ice;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** A byte stream to one peer that carries frames of RFC 4571: a TCP socket of ours, or a data connection of RFC 6062. */
record FramedConnection(InputStream in, OutputStream out, Closeable closeable) {
    /** Reads until the end; answers why there is no more. */
    String readAll(Consumer<byte[]> frames) {
        try {
            for (byte[] frame = Rfc4571.read(in); frame != null; frame = Rfc4571.read(in)) {
                frames.accept(frame);
            }
            return "the far end closed the connection";
        } catch (IOException e) {
            return "reading failed: " + e.getMessage();
        }
    }

    void send(byte[] frame) throws IOException {
        out.write(Rfc4571.framed(frame));
        out.flush();
    }

    void close() {
        try {
            closeable.close();
        } catch (IOException e) {
            // closed is what was wanted
        }
    }
}
