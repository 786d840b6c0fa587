package org.pinhole.suite.demo;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A port that a server is given: the one a network lets out where it can be bound, else another.
 *
 * @param host the loopback address
 * @param number the port
 * @param why why it is this one, for a person
 */
record DemoPort(InetAddress host, int number, String why) {
    private static final long STEP_MILLIS = 100;

    /** Binds the port, or says in the exception why not. */
    private interface Binding {
        Closeable bind(InetSocketAddress address) throws IOException;
    }

    /** For TCP: the wanted one, else the other. */
    static DemoPort choose(InetAddress host, int wanted, int otherwise) throws IOException {
        return choose(host, wanted, otherwise, address -> {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        });
    }

    /** For UDP: the wanted one, else any that is free. */
    static DemoPort chooseUdp(InetAddress host, int wanted) throws IOException {
        int free;
        try (DatagramSocket socket = new DatagramSocket(0, host)) {
            free = socket.getLocalPort();
        }
        return choose(host, wanted, free, DatagramSocket::new);
    }

    private static DemoPort choose(InetAddress host, int wanted, int otherwise, Binding binding) throws IOException {
        String refusal = refusalOf(new InetSocketAddress(host, wanted), binding);
        if (refusal.isEmpty()) {
            return new DemoPort(host, wanted, wanted + " is free");
        }
        String second = refusalOf(new InetSocketAddress(host, otherwise), binding);
        if (second.isEmpty()) {
            return new DemoPort(host, otherwise, otherwise + ", because " + wanted + " cannot be bound: " + refusal);
        }
        throw new IOException("neither " + wanted + " (" + refusal + ") nor " + otherwise + " (" + second
                + ") can be bound on " + host.getHostAddress());
    }

    private static String refusalOf(InetSocketAddress address, Binding binding) {
        try (Closeable bound = binding.bind(address)) {
            return bound == null ? "nothing was bound" : "";
        } catch (IOException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, number);
    }

    /** Whether somebody accepts connections there before the deadline. */
    boolean answersWithin(Duration deadline) throws InterruptedException {
        for (long step = 0; step < deadline.toMillis() / STEP_MILLIS; step++) {
            try (Socket socket = new Socket()) {
                socket.connect(address(), (int) STEP_MILLIS);
                return true;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            }
        }
        return false;
    }
}
