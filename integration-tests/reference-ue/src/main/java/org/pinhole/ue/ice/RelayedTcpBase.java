package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.pinhole.ue.turn.RelayedStream;
import org.pinhole.ue.turn.StreamAttempt;
import org.pinhole.ue.turn.TurnClient;

/** Connects from a TCP relay to peers: each a data connection of our own to the server, by a CONNECT of its own (U-9). */
final class RelayedTcpBase implements OpenBase {
    private final Connections connections = new Connections(this, this::dial);
    private final TurnClient client;

    RelayedTcpBase(TurnClient client) {
        this.client = client;
    }

    private FramedConnection dial(InetSocketAddress peer) throws IOException {
        return framed(client.connect(peer));
    }

    private static FramedConnection framed(RelayedStream stream) {
        return new FramedConnection(stream.input(), stream.output(), stream::close);
    }

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public void start(Arrivals arrivals) {
        connections.start(arrivals);
    }

    @Override
    public void send(InetSocketAddress to, byte[] frame) {
        connections.send(to, frame);
    }

    /** The other end of the same relay, where peers connect to once their addresses are permitted. */
    Passive passive() {
        return new Passive();
    }

    @Override
    public void close() throws IOException {
        connections.close();
        client.close();
    }

    /** Peers that connect to the relay. Closed with the relay. */
    final class Passive implements OpenBase {
        private final Connections accepted = new Connections(this, null);

        /** Each address on its own: the server refuses all of a request for one that it does not allow. */
        @Override
        public void prepare(Collection<InetSocketAddress> peers) {
            for (InetSocketAddress peer : peers) {
                try {
                    client.permit(peer);
                } catch (IOException e) {
                    // Its connections will not come, and its checks fail.
                }
            }
        }

        @Override
        public Object resource() {
            return RelayedTcpBase.this;
        }

        @Override
        public boolean reliable() {
            return true;
        }

        @Override
        public void start(Arrivals arrivals) {
            accepted.start(arrivals);
            client.listen(attempt -> {
                Thread binder = new Thread(() -> accept(attempt), "ice-bind");
                binder.setDaemon(true);
                binder.start();
            });
        }

        private void accept(StreamAttempt attempt) {
            try {
                accepted.add(attempt.peer(), framed(client.accept(attempt)));
            } catch (IOException e) {
                // The peer's own check tells it.
            }
        }

        @Override
        public void send(InetSocketAddress to, byte[] frame) {
            accepted.send(to, frame);
        }

        @Override
        public void close() {
            accepted.close();
        }
    }
}
