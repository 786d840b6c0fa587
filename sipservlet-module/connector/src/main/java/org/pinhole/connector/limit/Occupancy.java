package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Place.Stage;

/**
 * Who holds the connections of one connector. Those on which nobody has proved anything yet, handshakes and strangers' flows,
 * have caps of their own, and where one is reached the oldest of the most crowded source makes room for whoever comes: silent
 * connections keep nobody out. A flow with somebody known on it stays, whoever comes. Any thread; the lock is held for a few
 * look-ups, and not while somebody is told to make room.
 */
public final class Occupancy {
    private final Crowd connections;
    private final Unproven handshakes;
    private final Unproven strangers;

    /** With nobody there. */
    public Occupancy(ConnectionLimits limits) {
        this.connections = new Crowd(limits.connections());
        this.handshakes = new Unproven(limits.handshakes());
        this.strangers = new Unproven(limits.strangers());
    }

    /**
     * Takes a place for a new connection, in handshake; or says on the place why there is none.
     *
     * @param makeRoom closes the connection when it is the one that has to make room; on any thread, from any time on
     */
    public Place enter(InetAddress source, Consumer<Full> makeRoom) {
        Place place = new Place(this, source, makeRoom);
        Map<Place, Full> making = new LinkedHashMap<>(2);
        synchronized (this) {
            Full refusal = roomAmongAll(source, making);
            if (refusal != null) {
                place.refused(refusal);
                return place;
            }
            Scope full = handshakes.fullFor(source);
            if (full != null) {
                makesRoom(handshakes.first(full, source), Full.of(Stage.HANDSHAKE, full), making);
            }
            connections.enter(source);
            handshakes.enter(place);
            place.reached(Stage.HANDSHAKE);
        }
        making.forEach(Place::makeRoom);
        return place;
    }

    /** Makes some, of whichever kind there is more; if all are known, says what is full. */
    private @Nullable Full roomAmongAll(InetAddress source, Map<Place, Full> making) {
        Scope full = connections.fullFor(source);
        if (full == null) {
            return null;
        }
        Unproven more = handshakes.size(full, source) > strangers.size(full, source) ? handshakes : strangers;
        Full reason = Full.of(full);
        if (more.size(full, source) == 0) {
            return reason;
        }
        makesRoom(more.first(full, source), reason, making);
        return null;
    }

    private void makesRoom(Place place, Full reason, Map<Place, Full> making) {
        leave(place);
        making.put(place, reason);
    }

    void handshakeOver(Place place) {
        Map<Place, Full> making = new LinkedHashMap<>(2);
        synchronized (this) {
            if (place.stage() != Stage.HANDSHAKE) {
                return;
            }
            handshakes.leave(place);
            Scope full = strangers.fullFor(place.source());
            if (full != null) {
                makesRoom(strangers.first(full, place.source()), Full.of(Stage.STRANGER, full), making);
            }
            strangers.enter(place);
            place.reached(Stage.STRANGER);
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
