package org.pinhole.ue.doubles;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pinhole.ue.tunnel.HostPort;

/** A test double: an HTTP proxy on loopback that answers CONNECT in whatever way the test says, on every connection. */
public final class HostileProxy implements AutoCloseable {
    /** What it does with the head of one request; returns whether it stays for another on this connection. */
    @FunctionalInterface
    public interface Behaviour {
        boolean answer(String head, Answering to) throws IOException;
    }

    /** What a behaviour can do. */
    public final class Answering {
        private final Socket client;

        private Answering(Socket client) {
            this.client = client;
        }

        /** One write. */
        public void say(String text) throws IOException {
            client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().flush();
        }

        /** A tunnel to the server from here on, until one side closes. */
        public boolean tunnel() throws IOException {
            try (Socket far = new Socket(server.getAddress(), server.getPort())) {
                open.add(far);
                threads.execute(() -> Carrying.between(far, client));
                Carrying.between(client, far);
            }
            return false;
        }
    }

    private final InetSocketAddress server;
    private final Behaviour behaviour;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** Listens at once; whatever name a CONNECT says, it means this server. */
    public HostileProxy(InetSocketAddress server, Behaviour behaviour) throws IOException {
        this.server = server;
        this.behaviour = behaviour;
        this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public HostPort address() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    /** The heads of the requests so far, each marked with the number of its connection. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        try {
            for (int number = 1; ; number++) {
                Socket client = listener.accept();
                int connection = number;
                open.add(client);
                threads.execute(() -> serve(client, connection));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket client, int connection) {
        try (client) {
            boolean stays = true;
            while (stays) {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    int octet = client.getInputStream().read();
                    if (octet < 0) {
                        return;
                    }
                    head.append((char) octet);
                }
                heads.add(connection + " " + head);
                stays = behaviour.answer(head.toString(), new Answering(client));
            }
        } catch (IOException e) {
            // The UE left.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
