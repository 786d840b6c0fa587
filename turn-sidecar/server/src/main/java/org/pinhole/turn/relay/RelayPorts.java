package org.pinhole.turn.relay;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which ports of one address are in use; random within the range (RFC 6056). Shared by all event loops: its lock guards
 * the set alone and is taken once when an allocation opens and once when it closes.
 */
final class RelayPorts {
    /** Which ports will do. */
    enum Parity {
        ANY,
        EVEN,
        /** Even, and the next one is free too and taken with it. */
        EVEN_WITH_NEXT
    }

    private final RelayAddress address;
    private final PortRange range;
    private final RandomGenerator random;
    private final BitSet used;

    RelayPorts(RelayAddress address, PortRange range, RandomGenerator random) {
        this.address = address;
        this.range = range;
        this.random = random;
        this.used = new BitSet(range.size());
    }

    RelayAddress address() {
        return address;
    }

    /** A free port, from now on in use, or null. Of a pair this is the even one; {@link #next} leases the other. */
    synchronized @Nullable PortLease take(Parity parity) {
        int from = random.nextInt(range.size());
        int index = find(from, range.size(), parity);
        if (index < 0) {
            index = find(0, from, parity);
        }
        if (index < 0) {
            return null;
        }
        used.set(index);
        if (parity == Parity.EVEN_WITH_NEXT) {
            used.set(index + 1);
        }
        return lease(range.lowest() + index);
    }

    /** The other port of a pair. */
    PortLease next(PortLease even) {
        return lease(even.port() + 1);
    }

    private PortLease lease(int port) {
        return new PortLease(address, port, () -> giveBack(port));
    }

    private synchronized void giveBack(int port) {
        used.clear(port - range.lowest());
    }

    private int find(int from, int end, Parity parity) {
        for (int i = used.nextClearBit(from); i < end; i = used.nextClearBit(i + 1)) {
            if (fits(i, parity)) {
                return i;
            }
        }
        return -1;
    }

    private boolean fits(int index, Parity parity) {
        return switch (parity) {
            case ANY -> true;
            case EVEN -> isEven(index);
            case EVEN_WITH_NEXT -> isEven(index) && index + 1 < range.size() && !used.get(index + 1);
        };
    }

    private boolean isEven(int index) {
        return (range.lowest() + index) % 2 == 0;
    }
}
