package org.pinhole.turn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** Megabytes to send and to compare, and how they are sent. */
final class Octets {
    static final int BULK_BYTES = 4 * 1024 * 1024;

    private Octets() {}

    /** Writes as long as anything is taken within a second. */
    static void untilHeldBack(SocketChannel peer, ByteBuffer talk) throws IOException {
        peer.setOption(StandardSocketOptions.SO_SNDBUF, 32 * 1024);
        peer.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            peer.register(selector, SelectionKey.OP_WRITE);
            while (talk.hasRemaining() && selector.select(1000) > 0) {
                selector.selectedKeys().clear();
                peer.write(talk);
            }
        }
        peer.configureBlocking(true);
    }

    static void writeRest(SocketChannel peer, ByteBuffer talk) {
        try {
            while (talk.hasRemaining()) {
                peer.write(talk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bulk(int seed) {
        byte[] bytes = new byte[BULK_BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] read(Socket socket, int bytes) {
        try {
            socket.setSoTimeout(TcpRelayBed.TIMEOUT_MILLIS);
            return socket.getInputStream().readNBytes(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
