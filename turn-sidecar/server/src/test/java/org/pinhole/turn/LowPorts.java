package org.pinhole.turn;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for those who have to know theirs before it is bound, or while nobody has it. */
final class LowPorts {
    private static final int FIRST = 18_000;
    private static final int COUNT = 7_000;
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(COUNT));

    private LowPorts() {}

    /** Free now for TCP and UDP; below those that the system hands out, and each once. */
    static int free() throws IOException {
        int port = next();
        while (isTaken(port)) {
            port = next();
        }
        return port;
    }

    private static int next() {
        return FIRST + NEXT.getAndIncrement() % COUNT;
    }

    private static boolean isTaken(int port) throws IOException {
        try (ServerSocket tcp = new ServerSocket(port);
                DatagramSocket udp = new DatagramSocket(port)) {
            return !tcp.isBound() || !udp.isBound();
        } catch (BindException taken) {
            return true;
        }
    }
}
