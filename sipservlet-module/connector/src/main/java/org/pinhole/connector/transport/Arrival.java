package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Place;
import org.pinhole.connector.transport.ConnectorCounters.HandshakeFailure;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

/**
 * One connection from its accept until it is decided what becomes of it: a flow, a refusal, a failed handshake. Several see
 * its end, a deadline and the close that it causes above all; the first decides, and only that is counted. Any thread.
 */
final class Arrival {
    private static final AttributeKey<Arrival> KEY = AttributeKey.valueOf(Arrival.class, "arrival");

    private final ConnectorCounters counters;
    private volatile @Nullable InetSocketAddress source;
    private volatile @Nullable Place place;
    private volatile @Nullable Holding holding;
    private boolean decided;
    private volatile boolean flow;
    private boolean onItsLoop;
    private @Nullable Runnable whenOnItsLoop;

    private Arrival(ConnectorCounters counters) {
        this.counters = counters;
    }

    /** A connection that was just accepted. */
    static Arrival at(Channel connection, ConnectorCounters counters) {
        counters.accepted();
        Arrival arrival = new Arrival(counters);
        connection.attr(KEY).set(arrival);
        return arrival;
    }

    /** What is known of a connection. */
    static Arrival of(Channel connection) {
        Arrival arrival = connection.attr(KEY).get();
        if (arrival == null) {
            throw new IllegalStateException("nobody has accepted " + connection);
        }
        return arrival;
    }

    /** It has a place, which it leaves when it closes. */
    void admitted(Channel connection, InetSocketAddress trueSource, Place taken, Holding nothingYet) {
        source = trueSource;
        place = taken;
        holding = nothingYet;
        connection.closeFuture().addListener(closed -> {
            taken.leave();
            nothingYet.release();
        });
    }

    /** What it holds of messages that have no end yet. */
    Holding holding() {
        Holding present = holding;
        if (present == null) {
            throw new IllegalStateException("nobody has admitted this connection");
        }
        return present;
    }

    /** Its event loop knows of it from now on, and does what was asked for before. On that loop. */
    void isOnItsLoop() {
        Runnable waiting;
        synchronized (this) {
            onItsLoop = true;
            waiting = whenOnItsLoop;
        }
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Has its event loop do something: at once, or when it knows of the connection. Any thread. */
    void onItsLoop(Channel connection, Runnable work) {
        synchronized (this) {
            if (!onItsLoop) {
                whenOnItsLoop = work;
                return;
            }
        }
        connection.eventLoop().execute(work);
    }

    /** Where it truly comes from. */
    InetSocketAddress source() {
        InetSocketAddress known = source;
        if (known == null) {
            throw new IllegalStateException("nobody has admitted this connection");
        }
        return known;
    }

    /** It is refused; false when something else was decided before. */
    boolean refused(Refused reason) {
        boolean first = decide();
        if (first) {
            counters.refused(reason);
        }
        return first;
    }

    /** Its handshake came to nothing; false when something else was decided before. */
    boolean failed(HandshakeFailure reason) {
        boolean first = decide();
        if (first) {
            counters.handshakeFailed(reason);
        }
        return first;
    }

    /** It becomes a flow; false when something else was decided before, and then it must not. */
    boolean becomesFlow() {
        boolean first = decide();
        Place held = place;
        if (first) {
            flow = true;
            counters.flowOpened();
            if (held != null) {
                held.handshakeOver(); // what must not become a flow crowds no other flow out
            }
        }
        return first;
    }

    /** Whether that was decided, be the flow open or not. */
    boolean isFlow() {
        return flow;
    }

    /** It has come a step further in what leads to that, see {@link Place#advanced()}. */
    void advanced() {
        Place held = place;
        if (held != null) {
            held.advanced();
        }
    }

    /** What it has said waits for its turn, or does no more. */
    void awaitsItsTurn(boolean awaits) {
        Place held = place;
        if (held != null) {
            held.awaitsItsTurn(awaits);
        }
    }

    /** Somebody is served on the flow that it has become, where nobody is authenticated; or somebody was. */
    void known() {
        Place held = place;
        if (held != null) {
            held.known();
        }
    }

    /** Somebody has shown who he is, by a password or a certificate. */
    void authenticated() {
        known();
        Holding present = holding;
        if (present != null) {
            present.known();
        }
    }

    private synchronized boolean decide() {
        boolean first = !decided;
        decided = true;
        return first;
    }
}
