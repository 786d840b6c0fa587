package org.pinhole.connector.limit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that messages, TLS records and handshakes take up whose end has not come yet, and answers that strangers do not
 * read, over all connections of all connectors. A connection's share is bounded by the longest message, but one may have thousands of connections: without a
 * bound on them all they would have all memory that there is for every connection. Beyond it the connection that has held some
 * for the longest time ends, of the source that holds most: a stranger's while strangers hold more than phones that are known
 * leave them, and they leave a quarter. Never one only because it grew last. Any thread; the lock is held for a few look-ups,
 * and not while somebody is ended.
 */
public final class UnfinishedOctets {
    private final long most;
    private final long mostOfOneNetwork;
    private final long mostOfTheKnown;
    private final Share strangers = new Share();
    private final Share known = new Share();

    /** @param most octets in all; the strangers of one network may have a quarter of them, as may who is known there */
    public UnfinishedOctets(long most) {
        this.most = most;
        this.mostOfOneNetwork = most / 4;
        this.mostOfTheKnown = most - most / 4;
    }

    /**
     * For a new connection, which holds nothing yet.
     *
     * @param end closes it; called at most once, on any thread
     */
    public Holding of(Network source, Runnable end) {
        return new Holding(this, source, end);
    }

    void change(Holding holding, long octets) {
        List<Holding> ending = new ArrayList<>(1);
        synchronized (this) {
            if (holding.isOver()) {
                return;
            }
            add(holding, octets);
            if (octets > 0) {
                endsUntilThereIsRoom(holding, ending);
            }
        }
        ending.forEach(Holding::end);
    }

    private void endsUntilThereIsRoom(Holding grown, List<Holding> ending) {
        for (Holding one = tooMany(grown); one != null; one = tooMany(grown)) {
            release(one);
            ending.add(one);
        }
    }

    /** Who has to end now; null when nobody. */
    private @Nullable Holding tooMany(Holding grown) {
        Share network = shareOf(grown).of(grown.source().widest());
        if (network != null && network.octets() > mostOfOneNetwork) {
            return network.oldestOfTheGreediest();
        }
        if (known.octets() > mostOfTheKnown) {
            return known.oldestOfTheGreediest();
        }
        return all() > most ? strangers.oldestOfTheGreediest() : null; // there are some, with a quarter or more
    }

    private Share shareOf(Holding holding) {
        return holding.isKnown() ? known : strangers;
    }

    private void add(Holding holding, long octets) {
        shareOf(holding).add(holding, octets);
        holding.add(octets);
    }

    void known(Holding holding) {
        List<Holding> ending = new ArrayList<>(0);
        synchronized (this) {
            if (holding.isKnown() || holding.isOver()) {
                return;
            }
            long octets = holding.octets();
            if (octets > 0) {
                add(holding, -octets);
            }
            holding.isKnownNow();
            if (octets > 0) {
                add(holding, octets);
                endsUntilThereIsRoom(holding, ending);
            }
        }
        ending.forEach(Holding::end);
    }

    synchronized void release(Holding holding) {
        if (!holding.isOver()) {
            if (holding.octets() > 0) {
                add(holding, -holding.octets());
            }
            holding.isOverNow();
        }
    }

    /** How many octets are held now. */
    public synchronized long all() {
        return strangers.octets() + known.octets();
    }

    /** How many networks there are entries for. */
    synchronized int networks() {
        return strangers.networks() + known.networks();
    }
}
