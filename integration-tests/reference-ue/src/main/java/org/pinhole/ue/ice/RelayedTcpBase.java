package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.pinhole.ue.turn.RelayedStream;
import org.pinhole.ue.turn.StreamAttempt;
import org.pinhole.ue.turn.TurnClient;

/** Connects from a TCP relay to peers: each a data connection of our own to the server, by a CONNECT of its own (U-9). */
final class RelayedTcpBase extends StreamBase {
    private final TurnClient client;

    RelayedTcpBase(TurnClient client) {
        super(peer -> framed(client.connect(peer)));
        this.client = client;
    }

    private static FramedConnection framed(RelayedStream stream) {
        return new FramedConnection(stream.input(), stream.output(), stream::close);
    }

    /** The other end of the same relay, where peers connect to once their addresses are permitted. */
    Passive passive() {
        return new Passive();
    }

    @Override
    public void close() throws IOException {
        super.close();
        client.close();
    }

    /** Peers that connect to the relay. Closed with the relay. */
    final class Passive extends StreamBase {
        private Passive() {
            super(null);
        }

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
        public void start(Arrivals arrivals) {
            super.start(arrivals);
            client.listen(attempt -> {
                Thread binder = new Thread(() -> accept(attempt), "ice-bind");
                binder.setDaemon(true);
                binder.start();
            });
        }

        private void accept(StreamAttempt attempt) {
            try {
                accepted(attempt.peer(), framed(client.accept(attempt)));
            } catch (IOException e) {
                // The peer's own check tells it.
            }
        }
    }
}
