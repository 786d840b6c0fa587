package org.pinhole.ue.doubles;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A test double: a firewall that looks into the ClientHello, and resets TLS whose ALPN is for anything but the web. What
 * offers none passes. (RFC 8446 §4.1.2, RFC 7301 §3.1)
 */
public final class AlpnGate implements AutoCloseable {
    private static final Set<String> OF_THE_WEB = Set.of("h2", "http/1.1");
    private static final int ALPN = 16;
    private static final int RECORD_HEADER = 5;
    private static final int BEFORE_SESSION_ID = 4 + 2 + 32;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<List<String>> seen = new CopyOnWriteArrayList<>();

    /** Listens at once; what passes goes to this server. */
    public AlpnGate(InetSocketAddress listenAt, InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket();
        listener.bind(listenAt);
        begin(this::accept);
    }

    /** On loopback. */
    public AlpnGate(InetSocketAddress server) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server);
    }

    /** As a process: {@code PORT SERVER SERVER-PORT}, until it is ended. */
    @SuppressWarnings("SystemOut") // read by whoever waits for it
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress server = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        try (AlpnGate gate = new AlpnGate(new InetSocketAddress(Integer.parseInt(arguments[0])), server)) {
            System.out.println("listening at " + gate.port());
            Thread.currentThread().join();
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What each ClientHello so far offered. */
    public List<List<String>> seen() {
        return List.copyOf(seen);
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "alpn-gate");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                begin(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            byte[] hello = firstRecord(client.getInputStream());
            List<String> offered = protocols(hello);
            seen.add(offered);
            if (!OF_THE_WEB.containsAll(offered)) {
                client.setSoLinger(true, 0); // so that closing is a reset
                return;
            }
            try (Socket far = new Socket(server.getAddress(), server.getPort())) {
                open.add(far);
                far.getOutputStream().write(hello);
                begin(() -> Carrying.between(far, client));
                Carrying.between(client, far);
            }
        } catch (IOException e) {
            // One side is gone.
        }
    }

    private static byte[] firstRecord(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] header = data.readNBytes(RECORD_HEADER);
        if (header.length < RECORD_HEADER) {
            throw new IOException("no record of TLS");
        }
        int length = ByteBuffer.wrap(header).getShort(3) & 0xFFFF;
        byte[] record = ByteBuffer.allocate(RECORD_HEADER + length)
                .put(header)
                .put(data.readNBytes(length))
                .array();
        return record;
    }

    private static List<String> protocols(byte[] record) throws IOException {
        try {
            ByteBuffer hello = ByteBuffer.wrap(record);
            hello.position(RECORD_HEADER + BEFORE_SESSION_ID);
            skip(hello, hello.get() & 0xFF);
            skip(hello, hello.getShort() & 0xFFFF); // cipher suites
            skip(hello, hello.get() & 0xFF); // compression
            hello.getShort();
            while (hello.remaining() >= 4) {
                int type = hello.getShort() & 0xFFFF;
                int length = hello.getShort() & 0xFFFF;
                if (type == ALPN) {
                    return names(hello);
                }
                skip(hello, length);
            }
            return List.of();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("no ClientHello in one record", e);
        }
    }

    private static List<String> names(ByteBuffer extension) {
        List<String> names = new ArrayList<>();
        int end = extension.getShort() + extension.position();
        while (extension.position() < end) {
            byte[] name = new byte[extension.get() & 0xFF];
            extension.get(name);
            names.add(new String(name, StandardCharsets.US_ASCII));
        }
        return names;
    }

    private static void skip(ByteBuffer buffer, int octets) {
        buffer.position(buffer.position() + octets);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
