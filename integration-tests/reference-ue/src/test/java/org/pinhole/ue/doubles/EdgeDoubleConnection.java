package org.pinhole.ue.doubles;

import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.SSLSocket;
import org.pinhole.ue.sip.SipFrame;
import org.pinhole.ue.sip.SipMessage;
import org.pinhole.ue.sip.SipStreamFramer;

/** One flow of the edge double: frames, pongs, hands messages up. */
final class EdgeDoubleConnection implements Runnable {
    private final SSLSocket socket;
    private final EdgeDouble edge;

    EdgeDoubleConnection(SSLSocket socket, EdgeDouble edge) {
        this.socket = socket;
        this.edge = edge;
    }

    @Override
    public void run() {
        SipStreamFramer framer = new SipStreamFramer(SipStreamFramer.Side.EDGE);
        byte[] buffer = new byte[4096];
        try (InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                framer.feed(buffer, 0, n);
                for (SipFrame frame = framer.next(); frame != null; frame = framer.next()) {
                    if (frame instanceof SipFrame.Message message) {
                        edge.received(this, message.message());
                    } else {
                        write(new byte[] {'\r', '\n'});
                    }
                }
            }
        } catch (IOException e) {
            // The UE left, or its handshake failed on purpose.
        }
    }

    void send(SipMessage message) throws IOException {
        write(message.encode());
    }

    private synchronized void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    void close() throws IOException {
        socket.close();
    }
}
