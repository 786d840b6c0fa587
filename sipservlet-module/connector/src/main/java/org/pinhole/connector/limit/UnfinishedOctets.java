package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The memory that messages, TLS records and handshakes take up whose end has not come yet, over all connections of all
 * connectors. A connection's share is bounded by the longest message, but strangers may have thousands of connections: without
 * a bound on them all they would have all memory that there is for every connection. Beyond it the connection that has held
 * some for the longest time ends, of the source that holds most; a phone that is known ends only where no stranger is left.
 * Any thread; the lock is held for a few look-ups, and not while somebody is ended.
 */
public final class UnfinishedOctets {
    private static final int SHARE_OF_ONE_SOURCE = 4;

    private final long most;
    private final Map<InetAddress, Share> shares = new HashMap<>();
    private final TreeSet<Share> bySize = new TreeSet<>(
            Comparator.<Share>comparingLong(share -> share.octets).thenComparingLong(share -> share.number));
    private long all;
    private long numbers;

    /** @param most octets in all; the strangers of one source may have a quarter of them */
    public UnfinishedOctets(long most) {
        this.most = most;
    }

    /**
     * For a new connection, which holds nothing yet.
     *
     * @param end closes it; called at most once, on any thread
     */
    public Holding of(InetAddress source, Runnable end) {
        return new Holding(this, source, end);
    }

    void change(Holding holding, long octets) {
        List<Holding> ending = new ArrayList<>(1);
        synchronized (this) {
            if (holding.isOver()) {
                return;
            }
            add(holding, octets);
            for (Holding one = tooMany(holding); octets > 0 && one != null; one = tooMany(holding)) {
                release(one);
                ending.add(one);
            }
        }
        ending.forEach(Holding::end);
    }

    /** Who has to end now; null when nobody. */
    private @Nullable Holding tooMany(Holding grown) {
        Share share = shares.get(grown.source());
        if (share != null && share.octets > most / SHARE_OF_ONE_SOURCE) {
            return share.holders.iterator().next();
        }
        if (all <= most) {
            return null;
        }
        return bySize.isEmpty() ? grown : bySize.last().holders.iterator().next();
    }

    private void add(Holding holding, long octets) {
        all += octets;
        if (!holding.isKnown()) {
            addToShare(holding, octets);
        }
        holding.add(octets);
    }

    private void addToShare(Holding holding, long octets) {
        Share share = shares.computeIfAbsent(holding.source(), first -> new Share(numbers++));
        bySize.remove(share);
        share.octets += octets;
        if (holding.octets() + octets > 0) {
            share.holders.add(holding); // behind those that were there before, or where it was
        } else {
            share.holders.remove(holding);
        }
        if (share.holders.isEmpty()) {
            shares.remove(holding.source());
        } else {
            bySize.add(share);
        }
    }

    synchronized void known(Holding holding) {
        if (!holding.isKnown() && !holding.isOver()) {
            if (holding.octets() > 0) {
                addToShare(holding, -holding.octets());
            }
            holding.isKnownNow();
        }
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
        return all;
    }

    /** How many sources there are entries for. */
    synchronized int sources() {
        return shares.size();
    }

    /** What the strangers of one source hold. */
    private static final class Share {
        private final long number;
        private final Set<Holding> holders = new LinkedHashSet<>(2);
        private long octets;

        Share(long number) {
            this.number = number;
        }
    }
}
