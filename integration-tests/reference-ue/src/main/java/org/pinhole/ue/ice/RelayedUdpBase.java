package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.turn.Channel;
import org.pinhole.ue.turn.TurnClient;

/**
 * A UDP relay. A peer's address is permitted before the first datagram goes there, which waits for it; the selected peer
 * gets a channel.
 */
final class RelayedUdpBase implements OpenBase {
    private final TurnClient client;
    private final ExecutorService requests;
    private final Set<InetAddress> permitted = new HashSet<>();
    private volatile @Nullable Channel channel;

    RelayedUdpBase(TurnClient client) {
        this.client = client;
        this.requests = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "ice-permissions");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public void start(Arrivals arrivals) {
        client.listen((peer, data) -> arrivals.arrived(this, peer, data));
    }

    @Override
    public void send(InetSocketAddress to, byte[] frame) throws IOException {
        Channel bound = channel;
        if (bound != null && bound.peer().equals(to)) {
            bound.send(frame);
        } else if (permitted.add(to.getAddress())) {
            later(() -> {
                client.permit(to);
                client.send(to, frame);
            });
        } else {
            client.send(to, frame);
        }
    }

    @Override
    public void selected(InetSocketAddress peer) {
        later(() -> channel = client.bindChannel(peer));
    }

    private interface Request {
        void run() throws IOException;
    }

    private void later(Request request) {
        try {
            requests.execute(() -> {
                try {
                    request.run();
                } catch (IOException e) {
                    // A peer that the server refuses: its checks fail by themselves.
                }
            });
        } catch (RejectedExecutionException e) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        requests.shutdown();
        client.close();
    }
}
