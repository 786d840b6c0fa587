package org.pinhole.ue.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;

/** Frames one after the other on TCP or TLS, each padded to four bytes (RFC 8656 §12.5). */
final class StreamWire implements TurnWire {
    private final StreamConnection connection;

    StreamWire(StreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public void start(Listener listener) {
        Thread reader = new Thread(() -> read(listener), "turn-stream");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Listener listener) {
        FrameReader frames = FrameReader.buffered(connection.in());
        try {
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                listener.frame(frame);
            }
            listener.ended("the server closed the connection");
        } catch (IOException e) {
            listener.ended("reading failed: " + e.getMessage());
        }
    }

    @Override
    public void send(byte[] frame) throws IOException {
        connection.out().write(Arrays.copyOf(frame, frame.length + (-frame.length & 3)));
        connection.out().flush();
    }

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public @Nullable ConnectReply connectReply() {
        return connection.connectReply();
    }

    @Override
    public @Nullable TlsFacts tls() {
        return connection.tls();
    }

    @Override
    public @Nullable InetAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
