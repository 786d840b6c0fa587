package org.pinhole.connector.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Place.Stage;

/**
 * Who holds the connections of one connector. Those on which nobody has proved anything yet, handshakes and strangers' flows,
 * have caps of their own, and where one is reached one of the most crowded source makes room for whoever comes, the one that has
 * stood still for the longest time: silent connections keep nobody out. Among those of one source only one that has stalled does:
 * when all phones behind one address come back at once, they do not end each other's handshakes, but those who come when there is
 * no more room come again. A flow with somebody known on it stays, whoever comes. Any thread; the lock is held for a few
 * look-ups, and not while somebody is told to make room.
 */
public final class Occupancy {
    /** What is lost on the way is there by then. */
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Crowd connections;
    private final Unproven handshakes;
    private final Unproven strangers;
    private final LongSupplier nanoTime;
    private final long began;
    private long numbers;

    /**
     * With nobody there.
     *
     * @param nanoTime a clock that only goes forward
     */
    public Occupancy(ConnectionLimits limits, LongSupplier nanoTime) {
        this.connections = new Crowd(limits.connections());
        this.handshakes = new Unproven(limits.handshakes());
        this.strangers = new Unproven(limits.strangers());
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /**
     * Takes a place for a new connection, in handshake; or says on the place why there is none.
     *
     * @param makeRoom closes the connection when it is the one that has to make room; on any thread, from any time on
     */
    public Place enter(Network source, Consumer<Full> makeRoom) {
        Map<Place, Full> making = new LinkedHashMap<>(2);
        Place place;
        synchronized (this) {
            place = new Place(this, source, numbers++, makeRoom);
            Full full = roomAmongAll(source, making);
            if (full == null) {
                full = roomAmongHandshakes(source, making);
            }
            if (full == null) {
                connections.enter(source);
                place.since(now());
                handshakes.enter(place);
                place.reached(Stage.HANDSHAKE);
            } else {
                place.refused(full);
            }
        }
        making.forEach(Place::makeRoom);
        return place;
    }

    /** Makes some, of whichever kind there is more; or says what is full, if all are known, or on their way to it. */
    private @Nullable Full roomAmongAll(Network source, Map<Place, Full> making) {
        Scope full = connections.fullFor(source);
        if (full == null) {
            return null;
        }
        boolean moreHandshakes = handshakes.size(full, source) > strangers.size(full, source);
        Place first = whoMakesRoom(moreHandshakes ? handshakes : strangers, full, source);
        return makesRoom(first, Full.of(full), making);
    }

    private @Nullable Full roomAmongHandshakes(Network source, Map<Place, Full> making) {
        Scope full = handshakes.fullFor(source);
        return full == null
                ? null
                : makesRoom(whoMakesRoom(handshakes, full, source), Full.of(Stage.HANDSHAKE, full), making);
    }

    /** For one more of this source; null when nobody has to. */
    private @Nullable Place whoMakesRoom(Unproven kind, Scope full, Network source) {
        Place first = kind.size(full, source) == 0 ? null : kind.first(full, source);
        return first == null || (first.source().equals(source) && !isStalled(first)) ? null : first;
    }

    private boolean isStalled(Place place) {
        return !place.awaitsItsTurn() && now() - place.since() >= STALLED_NANOS;
    }

    private long now() {
        return nanoTime.getAsLong() - began;
    }

    /** What stays full, because nobody makes room; else null. */
    private @Nullable Full makesRoom(@Nullable Place place, Full reason, Map<Place, Full> making) {
        if (place == null) {
            return reason;
        }
        leave(place);
        making.put(place, reason);
        return null;
    }

    synchronized void advanced(Place place) {
        change(place, () -> place.since(now()));
    }

    synchronized void awaitsItsTurn(Place place, boolean awaits) {
        change(place, () -> place.awaitsItsTurnNow(awaits));
    }

    private void change(Place place, Runnable change) {
        if (place.stage() == Stage.HANDSHAKE) {
            handshakes.change(place, change);
        } else if (place.stage() == Stage.STRANGER) {
            strangers.change(place, change);
        }
    }

    void handshakeOver(Place place) {
        Map<Place, Full> making = new LinkedHashMap<>(2);
        synchronized (this) {
            if (place.stage() != Stage.HANDSHAKE) {
                return;
            }
            Scope full = strangers.fullFor(place.source());
            if (full != null) {
                Place first = whoMakesRoom(strangers, full, place.source());
                makesRoom(first == null ? place : first, Full.of(Stage.STRANGER, full), making);
            }
            if (place.stage() == Stage.HANDSHAKE) {
                handshakes.leave(place);
                place.awaitsItsTurnNow(false);
                place.since(now());
                strangers.enter(place);
                place.reached(Stage.STRANGER);
            }
        }
        making.forEach(Place::makeRoom);
    }

    synchronized void known(Place place) {
        if (place.stage() == Stage.STRANGER) {
            strangers.leave(place);
            place.reached(Stage.KNOWN);
        }
    }

    synchronized void leave(Place place) {
        if (place.stage() == Stage.HANDSHAKE) {
            handshakes.leave(place);
        } else if (place.stage() == Stage.STRANGER) {
            strangers.leave(place);
        }
        if (place.stage() != Stage.NONE) {
            connections.leave(place.source());
            place.reached(Stage.NONE);
        }
    }

    /** Connections now. */
    public synchronized int connections() {
        return connections.size();
    }

    /** Connections now that are not flows yet. */
    public synchronized int handshakes() {
        return handshakes.size();
    }

    /** Flows now with nobody known on them. */
    public synchronized int strangers() {
        return strangers.size();
    }

    /** How many sources and networks there are entries for. */
    synchronized int entries() {
        return connections.sources() + handshakes.networks() + strangers.networks();
    }
}
