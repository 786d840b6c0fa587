package org.pinhole.ue.turn;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TcpTunnel;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.tunnel.Tunnel;

/** Frames one after the other on TCP or TLS, each padded to four bytes (RFC 8656 §12.5). */
final class StreamWire implements TurnWire {
    private final Closeable connection;
    private final InputStream in;
    private final OutputStream out;
    private final @Nullable ConnectReply connectReply;
    private final @Nullable TlsFacts tls;

    private StreamWire(
            Closeable connection,
            InputStream in,
            OutputStream out,
            @Nullable ConnectReply connectReply,
            @Nullable TlsFacts tls) {
        this.connection = connection;
        this.in = in;
        this.out = out;
        this.connectReply = connectReply;
        this.tls = tls;
    }

    /** Connects, through the route's proxy if there is one, in clear or over TLS. */
    static StreamWire open(TurnRoute route) throws IOException {
        if (route.uri().transport() == TurnTransport.TLS) {
            Tunnel tls = Tunnel.open(route.tls());
            return new StreamWire(tls::close, tls.input(), tls.output(), tls.connectReply(), tls.tls());
        }
        TcpTunnel tcp = TcpTunnel.open(route.uri().server(), route.proxy(), route.deadline());
        return new StreamWire(tcp::close, tcp.input(), tcp.output(), tcp.connectReply(), null);
    }

    @Override
    public void start(Listener listener) {
        Thread reader = new Thread(() -> read(listener), "turn-stream");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Listener listener) {
        FrameReader frames = new FrameReader(in);
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
        out.write(Arrays.copyOf(frame, frame.length + (-frame.length & 3)));
        out.flush();
    }

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public @Nullable ConnectReply connectReply() {
        return connectReply;
    }

    @Override
    public @Nullable TlsFacts tls() {
        return tls;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
