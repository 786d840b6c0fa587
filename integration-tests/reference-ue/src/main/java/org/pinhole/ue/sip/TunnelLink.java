package org.pinhole.ue.sip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.pinhole.ue.loop.UeLoop;
import org.pinhole.ue.tunnel.Tunnel;

/** A flow over a tunnel: one reader thread that frames and posts to the loop; all writing happens on the loop. */
final class TunnelLink implements SipLink, AutoCloseable {
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};
    private static final byte[] LINE_BREAK = {'\r', '\n'};
    /** As long as a pong may take: an edge that reads nothing is as dead as one that says nothing. */
    private static final Duration WRITE_WITHIN = Duration.ofSeconds(10);

    private final Tunnel tunnel;
    private final UeLoop loop;
    private final WireListener wire;
    private final LinkListener listener;
    private boolean failed;

    TunnelLink(Tunnel tunnel, UeLoop loop, WireListener wire, LinkListener listener) {
        this.tunnel = tunnel;
        this.loop = loop;
        this.wire = wire;
        this.listener = listener;
    }

    void start(String threadName, UnaryOperator<InputStream> reading) throws IOException {
        InputStream in = reading.apply(tunnel.input());
        Thread reader = new Thread(() -> read(in), threadName);
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void send(SipMessage message) {
        write(message.encode());
    }

    @Override
    public void ping() {
        write(PING);
    }

    @Override
    public void lineBreak() {
        write(LINE_BREAK);
    }

    private void write(byte[] octets) {
        wire.sent(loop.now(), new String(octets, StandardCharsets.UTF_8));
        try {
            tunnel.send(octets, WRITE_WITHIN);
        } catch (IOException e) {
            fail("writing failed: " + e.getMessage());
        }
    }

    private void read(InputStream in) {
        SipStreamFramer framer = new SipStreamFramer(SipStreamFramer.Side.UA);
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                framer.feed(buffer, 0, n);
                for (SipFrame frame = framer.next(); frame != null; frame = framer.next()) {
                    received(frame);
                }
            }
            postFailure("the far end closed the connection");
        } catch (IOException e) {
            postFailure("reading failed: " + e.getMessage());
        } catch (SipFormatException e) {
            postFailure("the far end does not speak SIP: " + e.getMessage());
        }
    }

    private void received(SipFrame frame) {
        if (frame instanceof SipFrame.Message message) {
            wire.received(loop.now(), message.text());
            loop.execute(() -> listener.message(message.message()));
        } else {
            wire.received(loop.now(), "\r\n");
            loop.execute(listener::pong);
        }
    }

    private void postFailure(String reason) {
        loop.execute(() -> fail(reason));
    }

    /** Ends the flow, on the loop; the first reason counts. */
    void fail(String reason) {
        if (failed) {
            return;
        }
        failed = true;
        close();
        listener.failed(reason);
    }

    @Override
    public void close() {
        try {
            tunnel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
