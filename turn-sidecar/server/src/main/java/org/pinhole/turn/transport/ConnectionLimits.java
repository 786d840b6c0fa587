package org.pinhole.turn.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many TCP and TLS connections there may be, in all and of one source: an IPv4 address or an IPv6 /64, which is what one
 * subscriber has. Many clients share a source behind a carrier's NAT or an office's proxy, so that bound is a generous one.
 * From any event loop.
 */
public final class ConnectionLimits {
    private final ConcurrentMap<Long, Integer> bySource = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private volatile int most;
    private volatile int mostOfSource;

    public ConnectionLimits(int most, int mostOfSource) {
        set(most, mostOfSource);
    }

    /** Other limits from the next connection on; whoever is connected stays. */
    public void set(int newMost, int newMostOfSource) {
        this.most = newMost;
        this.mostOfSource = newMostOfSource;
    }

    /** Connections now. */
    public int open() {
        return all.get();
    }

    /** Counts one more in all; false if that is one too many. */
    boolean enter() {
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        all.decrementAndGet();
    }

    /** Counts one more of a source; false if that is one too many. */
    boolean enter(InetAddress source) {
        boolean[] entered = {false};
        bySource.compute(key(source), (key, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < mostOfSource;
            return entered[0] ? Integer.valueOf(now + 1) : count;
        });
        return entered[0];
    }

    void leave(InetAddress source) {
        bySource.computeIfPresent(key(source), (key, count) -> count > 1 ? count - 1 : null);
    }

    /** The IPv4 address, or the first half of the IPv6 one; no global IPv6 prefix is as small a number as an IPv4 address. */
    private static long key(InetAddress source) {
        ByteBuffer bytes = ByteBuffer.wrap(source.getAddress());
        return source instanceof Inet6Address ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
    }
}
