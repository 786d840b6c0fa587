package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one TCP base, by peer. The first frame to a peer that is not connected dials it, on a thread of its
 * own, and waits in line with those behind it.
 */
final class Connections {
    /** More than anybody sends before a connection stands: checks. */
    private static final int MAX_WAITING = 16;

    /** More than a far end's candidates; whoever connects to us has proved nothing yet, and costs a thread. */
    static final int MAX_OPEN = 64;

    /** Makes a connection; blocks. */
    interface Dialer {
        FramedConnection dial(InetSocketAddress peer) throws IOException;
    }

    private final Base base;
    private final @Nullable Dialer dialer;
    private final Map<InetSocketAddress, FramedConnection> open = new HashMap<>();
    private final Map<InetSocketAddress, List<byte[]>> dialling = new HashMap<>();
    private OpenBase.@Nullable Arrivals arrivals;
    private boolean closed;

    /**
     * A base's connections.
     *
     * @param dialer null for a base that is connected to only
     */
    Connections(Base base, @Nullable Dialer dialer) {
        this.base = base;
        this.dialer = dialer;
    }

    synchronized void start(OpenBase.Arrivals to) {
        arrivals = to;
    }

    /** Takes a connection that stands, and reads it until its end. Any thread. */
    void add(InetSocketAddress peer, FramedConnection connection) {
        List<byte[]> waiting;
        synchronized (this) {
            if (closed || open.size() >= MAX_OPEN || open.putIfAbsent(peer, connection) != null) {
                connection.close();
                return;
            }
            List<byte[]> line = dialling.remove(peer);
            waiting = line == null ? List.of() : line;
        }
        Thread reader = new Thread(() -> read(peer, connection), "ice-tcp");
        reader.setDaemon(true);
        reader.start();
        for (byte[] frame : waiting) {
            write(peer, connection, frame);
        }
    }

    private void read(InetSocketAddress peer, FramedConnection connection) {
        String reason = connection.readAll(frame -> tell(to -> to.arrived(base, peer, frame)));
        ended(peer, connection, reason);
    }

    private void ended(InetSocketAddress peer, FramedConnection connection, String reason) {
        connection.close();
        synchronized (this) {
            open.remove(peer, connection);
        }
        tell(to -> to.ended(base, peer, reason));
    }

    private void tell(Consumer<OpenBase.Arrivals> what) {
        OpenBase.Arrivals to;
        synchronized (this) {
            to = closed ? null : arrivals;
        }
        if (to != null) {
            what.accept(to);
        }
    }

    /** Sends a frame, dialling first where that is this base's way; without one it is lost. */
    void send(InetSocketAddress peer, byte[] frame) {
        FramedConnection connection;
        synchronized (this) {
            connection = open.get(peer);
            if (connection == null) {
                dial(peer, frame);
                return;
            }
        }
        write(peer, connection, frame);
    }

    private void write(InetSocketAddress peer, FramedConnection connection, byte[] frame) {
        try {
            connection.send(frame);
        } catch (IOException e) {
            ended(peer, connection, "writing failed: " + e.getMessage());
        }
    }

    /** Under the lock. */
    private void dial(InetSocketAddress peer, byte[] frame) {
        Dialer way = dialer;
        if (way == null || closed) {
            return;
        }
        List<byte[]> line = dialling.get(peer);
        if (line != null) {
            if (line.size() < MAX_WAITING) {
                line.add(frame);
            }
            return;
        }
        dialling.put(peer, new ArrayList<>(List.of(frame)));
        Thread thread = new Thread(() -> connect(way, peer), "ice-dial");
        thread.setDaemon(true);
        thread.start();
    }

    private void connect(Dialer way, InetSocketAddress peer) {
        try {
            add(peer, way.dial(peer));
        } catch (IOException e) {
            synchronized (this) {
                dialling.remove(peer);
            }
            tell(to -> to.ended(base, peer, "cannot connect: " + e.getMessage()));
        }
    }

    void close() {
        List<FramedConnection> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open.values());
            open.clear();
        }
        all.forEach(FramedConnection::close);
    }
}
