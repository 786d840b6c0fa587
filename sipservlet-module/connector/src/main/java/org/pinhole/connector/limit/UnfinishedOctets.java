package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The memory that messages take up whose end has not come yet, over all connections of a connector. A connection's share is
 * bounded by the longest message, but strangers may have thousands of connections: without a bound on them all they would
 * have all memory that there is for every connection. Any thread.
 */
public final class UnfinishedOctets {
    private static final int SHARE_OF_ONE_SOURCE = 4;

    private final long most;
    private final Map<InetAddress, Long> bySource = new HashMap<>();
    private long all;

    /** @param most octets in all; one source may have a quarter of them */
    public UnfinishedOctets(long most) {
        this.most = most;
    }

    /**
     * A connection holds so many octets now, and held so many before. They are counted in any case: a connection that may not
     * hold more ends, and then holds none.
     *
     * @return whether it may
     */
    public synchronized boolean change(InetAddress source, int before, int now) {
        all += now - before;
        long ofSource = bySource.getOrDefault(source, 0L) + now - before;
        if (ofSource == 0) {
            bySource.remove(source);
        } else {
            bySource.put(source, ofSource);
        }
        return now <= before || (all <= most && ofSource <= most / SHARE_OF_ONE_SOURCE);
    }

    /** How many octets are held now. */
    public synchronized long all() {
        return all;
    }
}
