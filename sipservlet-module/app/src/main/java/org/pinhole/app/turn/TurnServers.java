package org.pinhole.app.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The TURN servers that are watched, each every few seconds by one daemon thread, until the application ends. */
public final class TurnServers implements TurnWatch, AutoCloseable {
    private static final int EVERY_SECONDS = 3;
    private static final int CONNECT_TIMEOUT_MILLIS = 2000;

    private final Map<String, TurnProbe> probes = new HashMap<>();
    private @Nullable ScheduledExecutorService thread;
    private boolean closed;

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a look throws nothing, and the thread's end is its end
    public synchronized Reachable watch(@Nullable HostPort server) {
        if (server == null) {
            return () -> true;
        }
        TurnProbe known = probes.get(server.toString());
        if (known != null || closed) {
            return known == null ? () -> false : known;
        }
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread daemon = new Thread(work, "pinhole-turn-probe");
                daemon.setDaemon(true);
                return daemon;
            });
        }
        TurnProbe probe = new TurnProbe(server, TurnServers::connect);
        probes.put(server.toString(), probe);
        thread.scheduleWithFixedDelay(probe::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
        return probe;
    }

    private static void connect(HostPort server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_TIMEOUT_MILLIS);
        }
    }

    /** Looks no longer. */
    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
